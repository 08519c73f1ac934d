export { EvidenceLine, type EvidenceLineProps } from './EvidenceLine';
export { ReasonLine, type ReasonLineProps } from './ReasonLine';
export { StatusMarker, type StatusMarkerProps } from './StatusMarker';
