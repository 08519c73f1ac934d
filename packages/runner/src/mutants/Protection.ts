/**
 * A protection, how to disable it, and the test that must notice.
 *
 * It is disabled by replacing text, so that production code has no switch that a test or an attacker could
 * find. protections.test.ts fails if a text isn't in its file exactly once.
 */
export interface Protection {
  /** The protected behavior, in a few words. */
  name: string;
  /** The source file, below `src` of its package. */
  file: string;
  /** Text that the file contains exactly once, and its replacement when the protection is off. */
  code: string;
  off: string;
  /** The test file, below `src` of the package. */
  test: string;
}

/** Protections of one package. */
export interface ProtectedPackage {
  /** Path from the root of the repository. */
  folder: string;
  protections: Protection[];
}
