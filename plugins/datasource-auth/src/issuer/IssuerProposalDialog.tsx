import {
  GrantType,
  IssuerProposal,
} from 'backstage-plugin-datasource-auth-common';
import { get } from 'react-hook-form';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { Breakable, Notice, SafeButton, useElementId } from '../frame';
import {
  StackedCell,
  StackedHeader,
  StackedRow,
  StackedTable,
} from '../frame/StackedTable';
import { formatSetting } from '../settings/formatSetting';
import { optionName } from '../settings/optionName';
import { EditorValues } from '../settings/settingsForm';
import { useText } from '../translation';
import { IssuerChange, issuerChanges } from './issuerChanges';

const useStyles = makeStyles(theme => ({
  mark: { ...theme.typography.subtitle2, display: 'block' },
}));

/** Props of {@link IssuerProposalDialog}. */
export interface IssuerProposalDialogProps {
  proposal: IssuerProposal;
  /** The current form. */
  form: EditorValues;
  onTakeOver: (changes: IssuerChange[]) => void;
  onKeep: () => void;
}

/** Compares an issuer's metadata with the form. Nothing changes until the user accepts it. */
export const IssuerProposalDialog = (props: IssuerProposalDialogProps) => {
  const { proposal, form, onTakeOver, onKeep } = props;
  const t = useText();
  const classes = useStyles();
  const id = useElementId();
  const { issuer, refused, scopes, grantTypes } = proposal;
  const { senderConstraints = [] } = proposal;
  const changes = issuerChanges(proposal, form);
  const otherHosts = [
    ...new Set(changes.flatMap(({ otherHost }) => otherHost ?? [])),
  ];
  const grantType = get(form, 'auth.grantType') as GrantType;
  return (
    <Dialog
      open
      fullWidth
      maxWidth="md"
      onClose={onKeep}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
    >
      <DialogTitle id={`${id}-title`}>{t('issuer.title')}</DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t(changes.length ? 'issuer.text' : 'issuer.nothing', { issuer })}
        </DialogContentText>
        {otherHosts.length > 0 && (
          <Notice severity="warning">
            {t('issuer.otherHosts', { hosts: otherHosts.join(', ') })}
          </Notice>
        )}
        {refused.length > 0 && (
          <Notice severity="warning">
            {t('issuer.refused', { endpoints: refused.join(', ') })}
          </Notice>
        )}
        {grantTypes.length > 0 && !grantTypes.includes(grantType) && (
          <Notice severity="warning">
            {t('issuer.otherGrants', {
              grant: t(`grant.${grantType}`),
              offered: grantTypes.join(', '),
            })}
          </Notice>
        )}
        {changes.length > 0 && (
          <StackedTable
            caption={t('issuer.table')}
            columns={[
              t('issuer.setting'),
              t('issuer.current'),
              t('issuer.proposed'),
            ]}
          >
            {changes.map(change => (
              <StackedRow key={change.field.id}>
                <StackedHeader>{t(`field.${change.field.id}`)}</StackedHeader>
                <StackedCell label={t('issuer.current')}>
                  <Breakable
                    text={
                      formatSetting(
                        t,
                        change.field,
                        get(form, change.field.path),
                      ) || t('issuer.empty')
                    }
                  />
                </StackedCell>
                <StackedCell label={t('issuer.proposed')}>
                  <Breakable
                    text={formatSetting(t, change.field, change.value)}
                  />
                  {change.otherHost && (
                    <span className={classes.mark}>
                      ⚠ {t('issuer.otherHost')}
                    </span>
                  )}
                </StackedCell>
              </StackedRow>
            ))}
          </StackedTable>
        )}
        {senderConstraints.length > 0 && (
          <Typography variant="body2" style={{ marginTop: 16 }}>
            {t('issuer.senderConstraints', {
              setting: t('field.senderConstraint'),
              options: senderConstraints
                .map(option => optionName(t, option))
                .join(', '),
            })}
          </Typography>
        )}
        {scopes.length > 0 && (
          <Typography variant="body2" style={{ marginTop: 16 }}>
            {t('issuer.scopes', { scopes: scopes.join(', ') })}
          </Typography>
        )}
      </DialogContent>
      <DialogActions>
        <SafeButton onClick={onKeep}>
          {t(changes.length ? 'issuer.keep' : 'close')}
        </SafeButton>
        {changes.length > 0 && (
          <Button onClick={() => onTakeOver(changes)}>
            {t('issuer.takeOver')}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
};
