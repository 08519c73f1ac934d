import { ReactNode } from 'react';
import {
  DateTime,
  useBackendText,
} from 'backstage-plugin-datasource-auth-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ProposedFix } from 'backstage-plugin-datasource-auth-common';
import { CopyButton, Notice } from '../frame';
import { optionName } from '../settings/optionName';
import { settingLabel } from '../settings/settingLabel';
import { Text, useText } from '../translation';
import { Failure } from './failure';

/** Actions on the form that a failure came from. */
export interface FormRepairs {
  /** Applies a suggested fix. */
  applyFix: (fix: ProposedFix) => void;
  /** Returns whether a fix leads to a form that hasn't failed yet. */
  offers: (fix: ProposedFix) => boolean;
  /** Moves the focus to the scopes. */
  editScopes: () => void;
}

/** Props of {@link FailureView}. */
export interface FailureViewProps {
  failure: Failure;
  /** Actions on the form that can fix it; absent if there is no form. */
  repairs?: FormRepairs;
  /** Retries with the current form; absent if the saved settings failed. */
  onRetry?: () => void;
  /** Set if the failure blocks the user's action: screen readers announce it once. */
  alert?: boolean;
}

/** Failures that the provider can explain best. */
const SPOKEN = ['provider_error', 'no_token', 'not_found'];

const TEXT_DETAILS = [
  'host',
  'endpoint',
  'status',
  'error',
  'contentType',
  'location',
  'allow',
] as const;

function fixInWords(t: Text, fix: ProposedFix): string {
  return Object.entries(fix.set)
    .map(([path, value]) => {
      const words = [value].flat().map(part => optionName(t, String(part)));
      return `${settingLabel(t, path)} = ${words.join(' ')}`;
    })
    .join(', ');
}

function detailRows(t: Text, failure: Failure): [string, string][] {
  const { details, code, attempts } = failure;
  const rows: [string, string | undefined][] = [
    [t('panel.detail.code'), code],
    ...TEXT_DETAILS.map((key): [string, string | undefined] => [
      t(`panel.detail.${key}`),
      details?.[key]?.toString(),
    ]),
    [t('panel.detail.fields'), details?.fields?.join(', ')],
    [t('panel.detail.attempts'), attempts?.toString()],
  ];
  return rows.filter((row): row is [string, string] => Boolean(row[1]));
}

const useStyles = makeStyles(theme => ({
  facts: { margin: theme.spacing(1, 0) },
  fact: {
    display: 'flex',
    columnGap: theme.spacing(1),
    [theme.breakpoints.down('xs')]: { display: 'block', marginTop: 4 },
  },
  term: { flex: '0 0 110px', color: theme.palette.text.secondary },
  value: { margin: 0, minWidth: 0 },
  repair: {
    margin: theme.spacing(0.5, 0),
    textAlign: 'left',
  },
}));

const Fact = ({ label, children }: { label: string; children: ReactNode }) => {
  const classes = useStyles();
  return (
    <div className={classes.fact}>
      <dt className={classes.term}>{label}</dt>
      <dd className={classes.value}>{children}</dd>
    </div>
  );
};

/** The one action that may fix the failure. */
const Repair = (props: {
  failure: Failure;
  repairs: FormRepairs;
  onRetry?: () => void;
}) => {
  const { failure, repairs, onRetry } = props;
  const t = useText();
  const classes = useStyles();
  const { code } = failure;
  // Two fixes could send the user back and forth.
  const fix =
    failure.fix && repairs.offers(failure.fix) ? failure.fix : undefined;
  const repair = (text: string, onClick: () => void) => (
    <Button
      size="small"
      variant="outlined"
      className={classes.repair}
      onClick={onClick}
    >
      {text}
    </Button>
  );
  if (fix && onRetry && 'auth.clientAuthentication' in fix.set)
    return repair(
      t('panel.switchAndRetry', { fix: fixInWords(t, fix) }),
      () => {
        repairs.applyFix(fix);
        onRetry();
      },
    );
  if (fix)
    return repair(t('panel.applyFix', { fix: fixInWords(t, fix) }), () =>
      repairs.applyFix(fix),
    );
  if (failure.fix)
    return (
      <Typography variant="body2">
        {t('panel.bothTried', { fix: fixInWords(t, failure.fix) })}
      </Typography>
    );
  if (code === 'invalid_scope')
    return repair(t('panel.editScopes'), repairs.editScopes);
  return null;
};

/**
 * Shows a failure: title, likely cause, remedy, and technical details that can be expanded. Text from the provider is
 * rendered as plain text.
 */
export const FailureView = ({
  failure,
  repairs,
  onRetry,
  alert,
}: FailureViewProps) => {
  const t = useText();
  const classes = useStyles();
  const { details, texts } = failure;
  const backend = useBackendText();
  const title = failure.sessionEnded
    ? t('session.ended')
    : backend(texts?.title, failure.title);
  const cause = backend(texts?.cause, failure.cause ?? '');
  const remedy = backend(texts?.remedy, failure.remedy ?? '');
  const rows = detailRows(t, failure);
  const says = details?.errorDescription;
  const provider = says && (
    <Typography variant="body2">
      {t('panel.providerSays', { text: says })}
    </Typography>
  );
  const spoken = says && SPOKEN.includes(failure.code ?? '');
  return (
    <Notice severity="error" alert={alert}>
      <Typography variant="subtitle2" component="p">
        {title}
      </Typography>
      {cause && (
        <Typography variant="body2">
          <em>{t('panel.likelyCause')}:</em> {cause}
        </Typography>
      )}
      {remedy && (
        <Typography variant="body2">
          <strong>{t('panel.remediationSteps')}:</strong> {remedy}
        </Typography>
      )}
      {spoken && provider}
      {repairs && (
        <Repair failure={failure} repairs={repairs} onRetry={onRetry} />
      )}
      {(rows.length > 0 || (says && !spoken)) && (
        <details>
          <summary>{t('panel.technicalDetails')}</summary>
          {!spoken && provider}
          <dl lang="en" className={classes.facts}>
            {rows.map(([label, value]) => (
              <Fact key={label} label={label}>
                <code>{value}</code>
              </Fact>
            ))}
            {details?.at && (
              <Fact label={t('panel.detail.at')}>
                <DateTime value={details.at} />
              </Fact>
            )}
          </dl>
          <CopyButton
            what={t('panel.technicalDetails')}
            text={[title, ...rows.map(row => row.join(': ')), says]
              .filter(Boolean)
              .join('\n')}
          />
        </details>
      )}
    </Notice>
  );
};
