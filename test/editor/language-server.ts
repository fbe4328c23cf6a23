import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node.js'

/** A place in a document, counted from 0 as the protocol does. */
interface Position {
  readonly line: number
  readonly character: number
}
interface Diagnostic {
  readonly message: string
  readonly range: { readonly start: Position }
}

/** The server that editors run for YAML, with our schema for `*.deltacat.yaml`. */
export interface LanguageServer {
  /** The labels that are offered where `|` stands in `text`. */
  complete(text: string): Promise<readonly string[]>
  /** What is shown of the word where `|` stands in `text`; `null`: nothing. */
  hover(text: string): Promise<string | null>
  /** What is flagged in `text`, as `line:column message`, counted from 1. */
  check(text: string): Promise<readonly string[]>
  stop(): Promise<void>
}

const server = join(import.meta.dirname, '../../node_modules/yaml-language-server/bin/yaml-language-server')

export async function startLanguageServer(folder: string, schemaPath: string): Promise<LanguageServer> {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const flagged = new Map<string, (diagnostics: readonly Diagnostic[]) => void>()
  connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) =>
    flagged.get(uri)?.(diagnostics),
  )
  connection.listen()
  await initialize(connection, folder, schemaPath)

  let documents = 0
  async function open(text: string): Promise<{ uri: string; diagnostics: Promise<readonly Diagnostic[]> }> {
    documents += 1
    const uri = pathToFileURL(join(folder, `${documents}.deltacat.yaml`)).href
    const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => flagged.set(uri, resolve))
    const textDocument = { uri, languageId: 'yaml', version: 1, text }
    await connection.sendNotification('textDocument/didOpen', { textDocument })
    return { uri, diagnostics }
  }
  async function ask<Answer>(method: string, marked: string): Promise<Answer> {
    const before = marked.slice(0, marked.indexOf('|')).split('\n')
    const position: Position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 }
    const { uri } = await open(marked.replace('|', ''))
    return connection.sendRequest(method, { textDocument: { uri }, position })
  }

  return {
    async complete(text) {
      const answer = await ask<{ items: { label: string }[] }>('textDocument/completion', text)
      return answer.items.map(({ label }) => label).toSorted()
    },
    async hover(text) {
      const answer = await ask<{ contents: { value: string } } | null>('textDocument/hover', text)
      return answer === null ? null : answer.contents.value
    },
    async check(text) {
      const { diagnostics } = await open(text)
      return (await diagnostics).map(
        ({ message, range: { start } }) => `${start.line + 1}:${start.character + 1} ${message}`,
      )
    },
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      connection.dispose()
      child.kill()
    },
  }
}

async function initialize(connection: MessageConnection, folder: string, schemaPath: string): Promise<void> {
  const rootUri = pathToFileURL(folder).href
  const schemas = { [pathToFileURL(schemaPath).href]: ['*.deltacat.yaml'] }
  const yaml = { schemas, schemaStore: { enable: false }, validate: true, hover: true, completion: true }
  // The server asks for its settings, a list of sections at a time.
  connection.onRequest('workspace/configuration', ({ items }: { items: readonly { section: string }[] }) =>
    items.map(({ section }) => (section === 'yaml' ? yaml : null)),
  )
  connection.onRequest('client/registerCapability', () => null)
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'fixtures' }],
    capabilities: {
      workspace: { configuration: true },
      textDocument: { completion: {}, hover: { contentFormat: ['markdown'] }, publishDiagnostics: {} },
    },
  })
  await connection.sendNotification('initialized', {})
  await connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } })
}
