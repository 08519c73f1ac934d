import { useEffect, useState } from 'react';
import { Progress, ResponseErrorPanel } from '@backstage/core-components';
import { fetchApiRef, useApi } from '@backstage/frontend-plugin-api';
import List from '@material-ui/core/List';
import ListItem from '@material-ui/core/ListItem';
import ListItemText from '@material-ui/core/ListItemText';
import Typography from '@material-ui/core/Typography';

interface Things {
  account: string;
  things: { id: string; title: string }[];
}

/** Lists what the sample consumer gets from the API as the signed-in user. */
export const MyThings = ({ datasource }: { datasource: string }) => {
  const { fetch } = useApi(fetchApiRef);
  const [mine, setMine] = useState<Things>();
  const [error, setError] = useState<Error>();

  useEffect(() => {
    let gone = false;
    const load = async () => {
      const response = await fetch(
        `plugin://sample-consumer/${datasource}/mine`,
      );
      const body = await response.json();
      if (!response.ok) throw new Error(body.error?.message);
      return body as Things;
    };
    load().then(
      found => gone || setMine(found),
      thrown => gone || setError(thrown),
    );
    return () => {
      gone = true;
    };
  }, [fetch, datasource]);

  if (error) return <ResponseErrorPanel error={error} />;
  if (!mine) return <Progress />;
  return (
    <>
      <Typography variant="body2">
        Loaded as <strong>{mine.account}</strong>
      </Typography>
      <List aria-label="My things">
        {mine.things.map(({ id, title }) => (
          <ListItem key={id} divider>
            <ListItemText primary={title} />
          </ListItem>
        ))}
      </List>
    </>
  );
};
