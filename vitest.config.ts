import { defineConfig } from 'vitest/config'

export default defineConfig({
  // One copy of graphql: Vite would take its ES modules while Yoga, outside Vite, takes CommonJS.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/neo4j-setup.ts'],
    // All files share the one database that Neo4j Community has.
    fileParallelism: false,
    // For what hangs; a machine that does other work at the same time may take ten times as long as a free one.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // What is waited for comes when it comes; a busy machine may take many seconds for it.
    expect: { poll: { timeout: 20_000 } },
  },
})
