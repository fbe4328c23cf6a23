/** The variables without the marks of the Vitest that runs this test, which would change one that it starts. */
export function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([name]) => !/^(VITEST|VITE_|TEST$|NODE_ENV$|PROD$|DEV$|MODE$|SSR$|BASE_URL$)/.test(name),
    ),
  )
}
