import Typography from '@material-ui/core/Typography';
import { useLocale } from 'backstage-plugin-datasource-auth-react';
import { useText } from '../translation';
import { formatImpact } from './formatImpact';
import { useImpact } from './useImpact';

/** Shows which consumers used a datasource in the last 24 hours, before an action affects them. */
export const ImpactLine = ({ name }: { name: string }) => {
  const t = useText();
  const locale = useLocale();
  const { value, error } = useImpact(name);
  let text: string = t('impact.loading');
  if (error) text = t('impact.unknown');
  if (value) text = formatImpact(t, value, locale);
  return (
    <Typography role="status" gutterBottom>
      {text}
    </Typography>
  );
};
