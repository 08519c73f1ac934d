import { allTests } from './allTests';
import { runSteps } from './checks/Steps';
import { runProgram } from './processes/program';

/*
 * `make test`: runs all checks one after the other, and prints the totals in the last line.
 * With the name of a group, it runs only that one.
 */

runProgram(() => runSteps(steps => allTests(steps, process.argv[2])));
