/**
 * Makes the global `fetch` throw for the duration of a test file: the library falls back to it when a call forgets its
 * custom fetch, and that would be a way past the egress door.
 */
export function forbidGlobalFetch(): void {
  const original = globalThis.fetch;
  beforeAll(() => {
    globalThis.fetch = () => {
      throw new Error('The global fetch was called');
    };
  });
  afterAll(() => {
    globalThis.fetch = original;
  });
}
