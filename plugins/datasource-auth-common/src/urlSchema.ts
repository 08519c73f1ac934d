import { z } from 'zod';
import { replaceTemplates } from './templates';
import { CONTROL } from './plainText';

/**
 * Parses a URL whose templates have been replaced with a harmless letter. URLs that the platform's parser would repair
 * (`https:host`, `https:///host`, tabs, backslashes) are rejected, because a reader would see another host.
 */
function parseTemplatedUrl(text: string): URL | undefined {
  const filled = replaceTemplates(text, () => 'x');
  const plain =
    /^https?:\/\/(?!\/)[^\s\\]+$/i.test(filled) && !CONTROL.test(filled);
  return plain && URL.canParse(filled) ? new URL(filled) : undefined;
}

/**
 * An absolute HTTP(S) URL, possibly with templates, without credentials and fragment. The backend's egress settings
 * decide whether HTTP is allowed.
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

/** An optional URL. */
export const optionalUrl = urlSchema.optional();
