// An ES module without imports, to try out whether a `require` takes ES modules.
export {}
