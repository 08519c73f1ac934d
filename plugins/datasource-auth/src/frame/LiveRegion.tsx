import {
  createContext,
  ReactNode,
  useCallback,
  useContext,
  useState,
} from 'react';
import { makeStyles } from '@material-ui/core/styles';

const AnnounceContext = createContext<(text: string) => void>(() => {});

/** Announces a text to screen readers politely. Each page has one region. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext);
}

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: 1,
    height: 1,
    overflow: 'hidden',
    clip: 'rect(0 0 0 0)',
    whiteSpace: 'nowrap',
  },
});

/** Provides the view's polite live region and a function to announce texts. */
export const LiveRegion = ({ children }: { children: ReactNode }) => {
  const classes = useStyles();
  const [message, setMessage] = useState({ text: '', count: 0 });
  const announce = useCallback(
    (text: string) => setMessage(last => ({ text, count: last.count + 1 })),
    [],
  );
  return (
    <AnnounceContext.Provider value={announce}>
      <div role="status" aria-live="polite" className={classes.hidden}>
        {/* A new element each time, so that the same words are said again. */}
        <span key={message.count}>{message.text}</span>
      </div>
      {children}
    </AnnounceContext.Provider>
  );
};
