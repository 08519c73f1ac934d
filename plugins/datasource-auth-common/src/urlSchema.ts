import { z } from 'zod';
import { replaceTemplates } from './templates';
import { CONTROL } from './plainText';

/**
 * Parses a URL whose templates have been filled with a harmless letter. What the platform's parser would put right by
 * itself (`https:host`, `https:///host`, tabs, backslashes) is none: whoever reads it would see another host.
 */
function parseTemplatedUrl(text: string): URL | undefined {
  const filled = replaceTemplates(text, () => 'x');
  const plain =
    /^https?:\/\/(?!\/)[^\s\\]+$/i.test(filled) && !CONTROL.test(filled);
  return plain && URL.canParse(filled) ? new URL(filled) : undefined;
}

/**
 * An absolute http(s) URL, possibly with templates. Whether plain http is allowed is for the backend's egress
 * settings to say. No credentials, and no fragment.
 *
 * @public
 */
export const urlSchema = z
  .string()
  .trim()
  .max(2_000)
  .superRefine((text, ctx) => {
    if (text === '') return;
    const url = parseTemplatedUrl(text);
    const fail = (message: string) => ctx.addIssue({ code: 'custom', message });
    if (!url) {
      fail('Enter an absolute URL, for example: https://example.com/token');
    } else if (url.username || url.password) {
      fail('Remove the username and password from the URL');
    } else if (text.includes('#')) {
      fail('Remove the fragment (everything after #) from the URL');
    }
  });

/** An address that can be left out. */
export const optionalUrl = urlSchema.optional();
