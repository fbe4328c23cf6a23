/** Where a database's header says with which journal it is written and read; 2 is a write-ahead log. */
const VERSIONS = 18
const LOGGED = 2

/** Whether SQLite would look for a write-ahead log beside the database with these bytes: it refuses one in memory. */
export function isLogged(bytes: Uint8Array): boolean {
  return bytes[VERSIONS] === LOGGED || bytes[VERSIONS + 1] === LOGGED
}

/** Makes it a database that needs no write-ahead log. What was in the log has to be in the bytes. */
export function unlog(bytes: Uint8Array): void {
  bytes.fill(1, VERSIONS, VERSIONS + 2)
}
