import { release } from './release/release';
import { runProgram } from './processes/program';

/*
 * `make release`: makes the next versions with their changelogs, packs what the registry gets, and prints the
 * next steps. It publishes nothing.
 */

runProgram(() => release(line => process.stdout.write(`${line}\n`)));
