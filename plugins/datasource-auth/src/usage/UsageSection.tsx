import Typography from '@material-ui/core/Typography';
import { useElementId } from '../frame';
import { useText } from '../translation';
import { UsageSparkline } from './UsageSparkline';
import { useConsumers } from './useConsumers';

/** Shows how much a datasource is used. Hidden if the user may not know. */
export const UsageSection = ({ name }: { name: string }) => {
  const t = useText();
  const id = useElementId();
  const { value } = useConsumers(name);
  if (!value) return null;
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('usage.lastWeek')}
      </Typography>
      <UsageSparkline hours={value.hours} />
    </section>
  );
};
