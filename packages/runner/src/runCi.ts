import { adoption } from './adoption/adoption';
import { allTests } from './allTests';
import { runSteps } from './checks/Steps';
import { runProgram } from './processes/program';

/*
 * `make ci`: `make test`, then `make adoption`, counted together in the last line.
 */

runProgram(() => runSteps(steps => allTests(steps), adoption));
