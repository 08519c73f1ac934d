export {
  addFault,
  fault,
  faultText,
  type Fault,
  type FaultCode,
  type FaultEntry,
  type PathFault,
} from './Fault';
export { faultsOf } from './faultsOf';
export { FAULTS } from './faultTexts';
export { PATH_FAULTS } from './pathFaults';
export { TextRenderer } from './TextRenderer';
export type {
  FlatTexts,
  PlaceholdersOf,
  WithoutPluralSuffix,
} from './textTypes';
