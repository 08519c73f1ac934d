import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePreset, Preset } from 'backstage-plugin-datasource-auth-common';
import { parse } from 'yaml';

const FOLDER = join(__dirname, '../../../../datasource-auth-backend/presets');

/** The presets that the backend comes with. */
export const BUNDLED_PRESETS: Preset[] = readdirSync(FOLDER).map(file =>
  parsePreset(parse(readFileSync(join(FOLDER, file), 'utf8'))),
);
