/**
 * Returns whether a token is allowed in a header: visible ASCII characters with spaces between them (RFC 6749 appendix A.12
 * and A.17, RFC 6750 section 2.1). Bytes that aren't UTF-8 were decoded to U+FFFD, which isn't allowed.
 */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** Returns whether a text was decoded without loss and has no control characters. */
export function isReadable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\uFFFD]/u.test(text);
}
