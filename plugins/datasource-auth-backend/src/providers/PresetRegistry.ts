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

/** A bundled preset that could not be read, for the setup checks. */
export interface PresetProblem {
  file: string;
  message: string;
}

/**
 * The presets there are: the bundled ones, one YAML file each, and those that modules add. The files are read when
 * somebody asks for the first time; one that is wrong is reported and left out, and the others stay.
 */
export class PresetRegistry implements PresetsExtensionPoint {
  readonly #onProblem: (problem: PresetProblem) => void;
  readonly #directory: string;
  readonly #added = new Map<string, Preset>();
  #bundled?: Promise<{ presets: Preset[]; problems: PresetProblem[] }>;

  constructor(
    options: {
      /** Told of each bundled preset that cannot be read. */
      onProblem?: (problem: PresetProblem) => void;
      /** Folder of the bundled presets; that of this package when absent. */
      directory?: string;
    } = {},
  ) {
    this.#onProblem = options.onProblem ?? (() => {});
    this.#directory =
      options.directory ??
      resolvePackagePath('backstage-plugin-datasource-auth-backend', 'presets');
  }

  /**
   * @throws InputError for a preset that is wrong, and ConflictError for an id that is taken, so that the module that
   *   brought it fails alone
   */
  addPreset(input: PresetInput): void {
    let preset: Preset;
    try {
      preset = parsePreset(input);
    } catch (error) {
      throw new InputError(
        `Preset '${String(input?.id)}' is wrong. ${(error as Error).message}`,
      );
    }
    // A bundled preset's file bears its id, so that no file has to be read to know
    const file = `${preset.id}.yaml`;
    if (existsSync(join(this.#directory, file))) {
      throw new ConflictError(
        `Preset '${preset.id}' exists already in presets/${file}. Choose another id.`,
      );
    }
    if (this.#added.has(preset.id)) {
      throw new ConflictError(
        `Preset '${preset.id}' was already added by another module. Choose another id.`,
      );
    }
    this.#added.set(preset.id, preset);
  }

  /** All presets by title. */
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
    if (!preset) throw new NotFoundError(`There is no preset '${id}'`);
    return preset;
  }

  /** The bundled presets that could not be read. */
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
        throw new Error(`Its id '${preset.id}' is already taken by ${other}`);
      }
      if (file !== `${preset.id}.yaml`) {
        throw new Error(`Its id is '${preset.id}': name it ${preset.id}.yaml`);
      }
      places.set(preset.id, file);
      presets.push(preset);
    } catch (error) {
      problems.push({ file, message: (error as Error).message });
    }
  }
  return { presets, problems };
}
