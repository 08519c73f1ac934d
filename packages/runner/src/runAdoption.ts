import { adoption } from './adoption/adoption';
import { runSteps } from './checks/Steps';
import { runProgram } from './processes/program';

/*
 * `make adoption`: what a stranger does with what is published, and in the last line how much of it succeeded.
 */

runProgram(() => runSteps(adoption));
