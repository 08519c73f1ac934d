import { adoption } from './adoption/adoption';
import { runSteps } from './checks/Steps';
import { runProgram } from './processes/program';

/*
 * `make adoption`: installs and uses the published packages like a new user, and prints the totals in the
 * last line.
 */

runProgram(() => runSteps(adoption));
