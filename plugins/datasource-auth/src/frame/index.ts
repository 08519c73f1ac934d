export { CopyButton } from './CopyButton';
export { useAnnounce } from './LiveRegion';
export { Notice } from './Notice';
export { type Paths, usePaths } from './paths';
export { ReasonButton } from './ReasonButton';
export { useElementId } from './useElementId';
export { ViewFrame } from './ViewFrame';
export { SafeButton } from './SafeButton';
