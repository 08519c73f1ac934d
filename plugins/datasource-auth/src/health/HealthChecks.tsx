import { ReactNode } from 'react';
import { Health, HealthCheck } from 'backstage-plugin-datasource-auth-common';
import { useBackendText } from 'backstage-plugin-datasource-auth-react';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CheckCircleIcon from '@material-ui/icons/CheckCircle';
import ErrorIcon from '@material-ui/icons/Error';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import HelpIcon from '@material-ui/icons/Help';
import WarningIcon from '@material-ui/icons/Warning';
import { useElementId } from '../frame';
import { useText } from '../translation';

const ICON_SIZE = 24;

const useStyles = makeStyles(theme => {
  const dark = theme.palette.type === 'dark';
  // The texts below a title begin where the title does.
  const indent = ICON_SIZE + theme.spacing(1.5);
  return {
    group: { maxWidth: 860, marginBottom: theme.spacing(3) },
    list: {
      listStyle: 'none',
      margin: theme.spacing(1, 0, 0),
      padding: 0,
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
    },
    check: {
      padding: theme.spacing(0.75, 1.5),
      overflowWrap: 'anywhere',
      '& + &': { borderTop: `1px solid ${theme.palette.divider}` },
    },
    line: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1.5),
      minHeight: 32,
    },
    summary: {
      cursor: 'pointer',
      listStyle: 'none',
      '&::-webkit-details-marker': { display: 'none' },
      'details[open] > & > svg:last-child': { transform: 'rotate(180deg)' },
    },
    title: { flexGrow: 1, minWidth: 0 },
    below: { marginLeft: indent, paddingBottom: theme.spacing(0.75) },
    detail: { color: theme.palette.text.secondary },
    ok: { color: dark ? '#7ddb92' : '#1b6b34' },
    advice: { color: dark ? '#ffd866' : '#a87600' },
    problem: { color: dark ? '#ff9a90' : '#b3261e' },
    unknown: { color: theme.palette.text.secondary },
  };
});

type State = HealthCheck['state'];

const ICONS: Record<State, typeof ErrorIcon> = {
  problem: ErrorIcon,
  advice: WarningIcon,
  unknown: HelpIcon,
  ok: CheckCircleIcon,
};

/** The groups in display order, each with its states, worst first. */
const GROUPS = {
  toDo: ['problem', 'advice'],
  unknown: ['unknown'],
  ok: ['ok'],
} as const satisfies Record<string, readonly State[]>;

interface CheckProps {
  state: State;
  title: string;
  /** What to do now. */
  remedy?: string;
  /** Shown on demand. */
  details: Array<string | undefined>;
}

/** One line. What is to do is always visible, and everything else on demand. */
const Check = ({ state, title, remedy, details }: CheckProps) => {
  const t = useText();
  const classes = useStyles();
  const Icon = ICONS[state];
  const shown = details.filter(detail => detail !== undefined);
  const line = (more?: ReactNode) => (
    <>
      <Icon
        titleAccess={t(`health.state.${state}`)}
        className={classes[state]}
      />
      <Typography variant="body1" component="span" className={classes.title}>
        {title}
      </Typography>
      {more}
    </>
  );
  return (
    <li className={classes.check}>
      {shown.length === 0 ? (
        <div className={classes.line}>{line()}</div>
      ) : (
        <details>
          <summary className={`${classes.line} ${classes.summary}`}>
            {line(<ExpandMoreIcon aria-hidden className={classes.unknown} />)}
          </summary>
          {shown.map(detail => (
            <Typography
              key={detail}
              variant="body2"
              className={`${classes.below} ${classes.detail}`}
            >
              {detail}
            </Typography>
          ))}
        </details>
      )}
      {remedy && (
        <Typography variant="body2" className={classes.below}>
          {remedy}
        </Typography>
      )}
    </li>
  );
};

interface GroupProps {
  title: string;
  text?: string;
  children: ReactNode;
}

const Group = ({ title, text, children }: GroupProps) => {
  const classes = useStyles();
  const id = useElementId();
  return (
    <section className={classes.group}>
      <Typography id={id} variant="h6" component="h3">
        {title}
      </Typography>
      {text && <Typography variant="body2">{text}</Typography>}
      <ul className={classes.list} aria-labelledby={id}>
        {children}
      </ul>
    </section>
  );
};

/** The setup checks: those that need attention first, then those that couldn't be made. */
export const HealthChecks = ({ health }: { health: Health }) => {
  const t = useText();
  const backend = useBackendText();
  const checksIn = (states: readonly State[]) =>
    states.flatMap(state =>
      health.checks.filter(check => check.state === state),
    );
  const open = checksIn(GROUPS.toDo).length;
  const unknown = checksIn(GROUPS.unknown).length;
  const linesOf = (states: readonly State[]) =>
    checksIn(states).map(({ id, state, title, detail, remedy, texts }) => {
      const advice = remedy && backend(texts.remedy, remedy);
      return (
        <Check
          key={id}
          state={state}
          title={backend(texts.title, title)}
          remedy={state === 'ok' ? undefined : advice}
          details={[
            detail && backend(texts.detail, detail),
            state === 'ok' ? advice : undefined,
          ]}
        />
      );
    });
  return (
    <>
      <Typography variant="body1" paragraph>
        {open > 0 && t('health.open', { count: open })}{' '}
        {unknown > 0 && t('health.unknownCount', { count: unknown })}
        {open + unknown === 0 && t('health.well')}
      </Typography>
      {open > 0 && (
        <Group title={t('health.toDo')}>{linesOf(GROUPS.toDo)}</Group>
      )}
      {unknown > 0 && (
        <Group title={t('health.state.unknown')}>
          {linesOf(GROUPS.unknown)}
        </Group>
      )}
      <Group title={t('health.state.ok')} text={t('health.okText')}>
        {linesOf(GROUPS.ok)}
        <Check
          state="ok"
          title={t(
            health.passwordGrantEnabled
              ? 'health.passwordOn'
              : 'health.passwordOff',
          )}
          details={[t('health.passwordText')]}
        />
      </Group>
    </>
  );
};
