import { useCallback, useEffect, useState } from 'react';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import Typography from '@material-ui/core/Typography';

interface State {
  run?: { lastRunAt?: number; things?: number; error?: string };
  /** The page where the person agrees. */
  link?: string;
  /** Why the last call failed. */
  problem?: string;
}

/** What the sample consumer does as the signed-in person while they aren't there, once they agreed. */
export const NightlyRun = ({ datasource }: { datasource: string }) => {
  const { fetch } = useApi(fetchApiRef);
  const [{ run, link, problem }, setState] = useState<State>({});

  const call = useCallback(
    async (method: 'GET' | 'POST') => {
      const response = await fetch(
        `plugin://sample-consumer/${datasource}/nightly`,
        { method },
      );
      const { error, run: found } = await response.json();
      setState(before => ({
        run: found,
        link: found ? undefined : error?.link ?? before.link,
        problem: error?.link ? undefined : error?.message,
      }));
    },
    [fetch, datasource],
  );

  useEffect(() => {
    const load = () => call('GET').catch(() => {});
    load();
    // The person returns from the page where they agreed.
    window.addEventListener('focus', load);
    return () => window.removeEventListener('focus', load);
  }, [call]);

  const start = () =>
    call('POST').catch(error => setState({ problem: error.message }));

  return (
    <>
      <Typography variant="body2" paragraph>
        The plugin can count your things every night, as you. In this demo, a
        night takes a minute.
      </Typography>
      {problem && <Typography role="alert">{problem}</Typography>}
      {run && <Typography role="status">{textOf(run)}</Typography>}
      {!run && link && (
        <Link href={link} target="_blank" rel="noopener" underline="always">
          Decide whether the plugin can act as you
        </Link>
      )}
      {!run && !link && (
        <Button variant="outlined" color="primary" onClick={start}>
          Count every night
        </Button>
      )}
    </>
  );
};

function textOf({ lastRunAt, things, error }: NonNullable<State['run']>) {
  if (lastRunAt === undefined) return 'The first night is still to come.';
  const time = new Date(lastRunAt).toLocaleTimeString();
  return error
    ? `Last night, at ${time}, it failed: ${error}`
    : `Last night, at ${time}, you had ${things} things.`;
}
