/**
 * Whether a header can carry a token: visible ASCII characters and spaces between them (RFC 6749 appendix A.12 and A.17,
 * RFC 6750 section 2.1). A byte that is not UTF-8 was decoded to U+FFFD and is refused with the rest.
 */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(text);
}

/** Whether text was decoded without loss and holds no control characters. */
export function isReadable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\uFFFD]/u.test(text);
}
