/**
 * A protection, how to switch it off, and the test that has to notice.
 *
 * It is switched off by replacing text, so that production code has no switch that a test or an attacker could find.
 * protections.test.ts fails when a text is not in its file exactly once.
 */
export interface Protection {
  /** What it holds against, in a few words. */
  name: string;
  /** The source file, below `src` of its package. */
  file: string;
  /** What stands there exactly once, and what stands there when the protection is off. */
  code: string;
  off: string;
  /** The test file, below `src` of the package. */
  test: string;
}

/** Protections of one package. */
export interface ProtectedPackage {
  /** Below the root of the repository. */
  folder: string;
  protections: Protection[];
}
