import { Fragment } from 'react';

/** The parts of an address, the scheme with the host, each with the slash that ends it. */
const OF_ADDRESS = /((?:[a-z]+:\/\/)?[^/]*\/)/;
/** The parts of a dotted name, each with its dot. */
const OF_NAME = /([^.]*\.)/;

/** An address or a dotted name, broken where its parts meet if it is too long. What is copied of it has no breaks. */
export const Breakable = ({ text }: { text: string }) => (
  <>
    {text
      .split(text.includes('/') ? OF_ADDRESS : OF_NAME)
      .filter(Boolean)
      .map((part, index) => (
        // Parts have no identity but their place.
        // eslint-disable-next-line react/no-array-index-key
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
  </>
);
