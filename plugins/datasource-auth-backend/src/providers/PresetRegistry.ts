import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { parse } from 'yaml';
import {
  parsePreset,
  Preset,
  PresetInput,
} from 'backstage-plugin-datasource-auth-common';
import { PresetsExtensionPoint } from 'backstage-plugin-datasource-auth-node';

/** Folder of the generated guides: one page for each bundled preset. */
const GUIDES =
  'https://github.com/datasource-auth/backstage-plugin-datasource-auth/blob/main/docs/providers';

/** A bundled preset that couldn't be read, for the setup checks. */
export interface PresetProblem {
  file: string;
  message: string;
}

/**
 * Provides the bundled presets, one YAML file each, and the presets of modules. Reads the files on first use. Reports
 * and skips an invalid file, and keeps the others.
 */
export class PresetRegistry implements PresetsExtensionPoint {
  readonly #onProblem: (problem: PresetProblem) => void;
  readonly #directory: string;
  readonly #added = new Map<string, Preset>();
  #bundled?: Promise<{ presets: Preset[]; problems: PresetProblem[] }>;

  constructor(
    options: {
      /** Called for each bundled preset that can't be read. */
      onProblem?: (problem: PresetProblem) => void;
      /** Folder of the bundled presets. Default: the one of this package. */
      directory?: string;
    } = {},
  ) {
    this.#onProblem = options.onProblem ?? (() => {});
    this.#directory =
      options.directory ??
      resolvePackagePath('backstage-plugin-datasource-auth-backend', 'presets');
  }

  /**
   * @throws InputError for an invalid preset and ConflictError for an id that is taken, so that only the module with
   *   this preset fails
   */
  addPreset(input: PresetInput): void {
    let preset: Preset;
    try {
      preset = parsePreset(input);
    } catch (error) {
      throw new InputError(
        `Preset '${String(input?.id)}' is invalid. ${(error as Error).message}`,
      );
    }
    // A bundled preset's file is named after its id, so this needs no file to be read.
    const file = `${preset.id}.yaml`;
    if (existsSync(join(this.#directory, file))) {
      throw new ConflictError(
        `Preset '${preset.id}' already exists in presets/${file}. Choose another ID.`,
      );
    }
    if (this.#added.has(preset.id)) {
      throw new ConflictError(
        `Preset '${preset.id}' was already added by another module. Choose another ID.`,
      );
    }
    this.#added.set(preset.id, preset);
  }

  /** Returns all presets, sorted by title. */
  async list(): Promise<Preset[]> {
    const { presets } = await this.#load();
    return [...presets, ...this.#added.values()].sort((a, b) =>
      a.title.localeCompare(b.title, 'en'),
    );
  }

  /** @throws NotFoundError */
  async get(id: string): Promise<Preset> {
    const { presets } = await this.#load();
    const preset =
      this.#added.get(id) ?? presets.find(candidate => candidate.id === id);
    if (!preset) throw new NotFoundError(`Preset '${id}' doesn't exist`);
    return preset;
  }

  /** The bundled presets that couldn't be read. */
  async problems(): Promise<PresetProblem[]> {
    return (await this.#load()).problems;
  }

  #load() {
    this.#bundled ??= readPresets(this.#directory).then(result => {
      for (const problem of result.problems) this.#onProblem(problem);
      return result;
    });
    return this.#bundled;
  }
}

async function readPresets(directory: string) {
  const presets: Preset[] = [];
  const problems: PresetProblem[] = [];
  const files = (await readdir(directory, { recursive: true }))
    .filter(file => file.endsWith('.yaml'))
    .sort();
  const places = new Map<string, string>();
  for (const file of files) {
    try {
      const text = await readFile(join(directory, file), 'utf8');
      const preset = parsePreset(parse(text));
      const other = places.get(preset.id);
      if (other) {
        throw new Error(`Its ID '${preset.id}' is already used by ${other}`);
      }
      if (file !== `${preset.id}.yaml`) {
        throw new Error(
          `Its ID is '${preset.id}'. Rename the file to ${preset.id}.yaml`,
        );
      }
      places.set(preset.id, file);
      presets.push({ guide: `${GUIDES}/${preset.id}.md`, ...preset });
    } catch (error) {
      problems.push({ file, message: (error as Error).message });
    }
  }
  return { presets, problems };
}
