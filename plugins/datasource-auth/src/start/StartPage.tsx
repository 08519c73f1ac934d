import { FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import {
  DatasourcePicker,
  useDatasources,
} from 'backstage-plugin-datasource-auth-react';
import Box from '@material-ui/core/Box';
import Typography from '@material-ui/core/Typography';
import { RegistrationSteps } from '../editor/RegistrationSteps';
import { Breadcrumbs } from '../frame/Breadcrumbs';
import {
  Notice,
  ReasonButton,
  useElementId,
  usePaths,
  ViewFrame,
} from '../frame';
import { CardGrid, LinkCard } from '../frame/LinkCard';
import { useText } from '../translation';

const ANY = { limit: 1 };

const Duplicate = () => {
  const t = useText();
  const id = useElementId();
  const paths = usePaths();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const duplicate = (event: FormEvent) => {
    event.preventDefault();
    if (name) navigate(`${paths.create}?from=${encodeURIComponent(name)}`);
  };
  return (
    <section aria-labelledby={id}>
      <Typography id={id} variant="h6" component="h3">
        {t('start.duplicate')}
      </Typography>
      <Typography variant="body2">{t('start.duplicateText')}</Typography>
      <form onSubmit={duplicate}>
        <Box
          display="flex"
          flexWrap="wrap"
          alignItems="flex-start"
          mt={2}
          style={{ gap: 12 }}
        >
          <Box flex="1 1 240px" maxWidth={420}>
            <DatasourcePicker value={name} onChange={setName} />
          </Box>
          <ReasonButton
            type="submit"
            variant="outlined"
            size="large"
            reason={name ? undefined : t('start.duplicateReason')}
          >
            {t('list.action.duplicate')}
          </ReasonButton>
        </Box>
      </form>
    </section>
  );
};

/** Shows the ways to start a new datasource. */
export const StartPage = () => {
  const t = useText();
  const paths = usePaths();
  const { value } = useDatasources(ANY);
  const title = t('start.title');
  return (
    <ViewFrame
      title={title}
      subtitle={t('start.subtitle')}
      breadcrumbs={<Breadcrumbs last={title} />}
    >
      {value && !value.mayCreate && (
        <Notice severity="warning">{t('start.mayNot')}</Notice>
      )}
      <RegistrationSteps />
      <CardGrid label={t('start.ways')}>
        <li>
          <LinkCard
            to={paths.gallery}
            title={t('gallery.choose')}
            text={t('start.galleryText')}
          />
        </li>
        <li>
          <LinkCard
            to={paths.openapi}
            title={t('list.importOpenApi')}
            text={t('start.openapiText')}
          />
        </li>
        <li>
          <LinkCard
            to={paths.create}
            title={t('list.startBlank')}
            text={t('start.blankText')}
          />
        </li>
      </CardGrid>
      {value && value.items.length > 0 && (
        <Box mt={4}>
          <Duplicate />
        </Box>
      )}
    </ViewFrame>
  );
};
