import {
  DatasourceStatus,
  GrantOrKind,
  isHeldBySettings,
} from 'backstage-plugin-datasource-auth-common';
import Typography from '@material-ui/core/Typography';
import { useStateName, useText } from '../translation';

/** Says what AUTHORIZED means, until a call with the credential has succeeded. */
export const UnverifiedHint = (props: {
  status?: DatasourceStatus;
  grantType: GrantOrKind;
}) => {
  const { status, grantType } = props;
  const t = useText();
  const stateName = useStateName();
  if (status?.state !== 'AUTHORIZED' || status.verifiedAt) return null;
  return (
    <Typography variant="body2" color="textSecondary">
      {t(
        isHeldBySettings(grantType)
          ? 'panel.unverifiedHeld'
          : 'panel.unverified',
        {
          state: stateName(status.state),
        },
      )}
    </Typography>
  );
};
