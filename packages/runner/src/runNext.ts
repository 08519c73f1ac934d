import { runProgram } from './processes/program';
import { testNextBackstage } from './release/testNextBackstage';

/*
 * `make next`: runs the tests with the newest Backstage packages of the registry. Its last line holds the totals.
 */

runProgram(() => testNextBackstage(line => process.stdout.write(`${line}\n`)));
