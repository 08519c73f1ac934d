import { ConsumersDraft } from '../settings/fieldCodec';

/** Returns the IDs of the plugins that are listed in the form. */
export function pluginsOf({ plugins }: ConsumersDraft): string[] {
  return plugins.split(/[\s,]+/).filter(Boolean);
}
