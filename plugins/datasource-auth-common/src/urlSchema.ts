import { z } from 'zod';
import { replaceTemplates } from './templates';
import { CONTROL } from './plainText';
import { addFault, fault } from './faults';

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

    if (!url) {
      addFault(ctx, fault('fault.urlAbsolute'));
    } else if (url.username || url.password) {
      addFault(ctx, fault('fault.urlCredentials'));
    } else if (text.includes('#')) {
      addFault(ctx, fault('fault.urlFragment'));
    }
  });

/** An optional URL. */
export const optionalUrl = urlSchema.optional();
