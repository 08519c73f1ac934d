import { lazy, Suspense } from 'react';
import { LetterMark } from './LetterMark';
import { MarkTile } from './MarkTile';

/** What a mark is derived from. */
export interface ProviderMarkProps {
  /** Name of the provider or datasource: its first letter is shown if there is no logo. */
  title: string;
  /** ID of the preset, or name of the datasource, which may contain the name of a brand. */
  name?: string;
  /** Host of the API, in case the name has no brand. */
  host?: string;
  /** Width and height. Default: 24 pixels. */
  size?: number;
}

// The logos load separately, because they are larger than the views that show them.
const Mark = lazy(() =>
  import('./BrandMark').catch(() => ({ default: LetterMark })),
);

/**
 * Helps to recognize a provider: its logo, or a letter if no logo may be shown. It repeats the text next to it, so it is
 * hidden from screen readers.
 */
export const ProviderMark = (props: ProviderMarkProps) => (
  <Suspense fallback={<MarkTile size={props.size} />}>
    <Mark {...props} />
  </Suspense>
);
