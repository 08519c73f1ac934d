import { Content, InfoCard } from '@backstage/core-components';
import Button from '@material-ui/core/Button';
import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { ConnectPrompt } from 'backstage-plugin-datasource-auth-react';
import { demoPerson, signInAs } from '../signIn';
import { MyThings } from './MyThings';
import { NightlyRun } from './NightlyRun';

/** The datasource of app-config.yaml to which each person connects. */
const DATASOURCE = 'demo-people';

const USERS = [
  { name: undefined, label: 'Guest' },
  { name: 'jane', label: 'Jane Doe' },
  { name: 'joe', label: 'Joe Miller' },
];

/** What belongs to the signed-in person at the demo API, once they connected their account. */
export const MyThingsPage = () => (
  <Content>
    <Grid container spacing={3}>
      <Grid item xs={12} md={7}>
        <InfoCard title="My things">
          <ConnectPrompt datasource={DATASOURCE}>
            <MyThings datasource={DATASOURCE} />
            <NightlyRun datasource={DATASOURCE} />
          </ConnectPrompt>
        </InfoCard>
      </Grid>
      <Grid item xs={12} md={5}>
        <InfoCard title="Who are you?">
          <Typography variant="body2" paragraph>
            Everybody is the guest at first. The guest can't connect an account.
            At the demo provider, sign in with the same name.
          </Typography>
          {USERS.map(({ name, label }) => {
            const isMe = name === demoPerson();
            return (
              <Button
                key={label}
                variant={isMe ? 'contained' : 'outlined'}
                color="primary"
                aria-pressed={isMe}
                style={{ margin: '0 8px 8px 0' }}
                onClick={() => signInAs(name)}
              >
                {label}
              </Button>
            );
          })}
        </InfoCard>
      </Grid>
    </Grid>
  </Content>
);
