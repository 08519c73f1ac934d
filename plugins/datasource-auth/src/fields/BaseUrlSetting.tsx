import { useFormContext, useWatch } from 'react-hook-form';
import { ImportedFrom } from 'backstage-plugin-datasource-auth-common';
import Box from '@material-ui/core/Box';
import Button from '@material-ui/core/Button';
import { TextSetting } from './TextSetting';
import { FIELDS } from '../kinds';
import { useText } from '../translation';

/** The base URL, with the other servers of the imported API description. */
export const BaseUrlSetting = () => {
  const t = useText();
  const { setValue } = useFormContext();
  const [imported, baseUrl] = useWatch({
    name: [FIELDS.importedFrom.path, FIELDS.baseUrl.path],
  }) as [ImportedFrom | undefined, string];
  const others = (imported?.servers ?? []).filter(({ url }) => url !== baseUrl);
  return (
    <>
      <TextSetting id="baseUrl" />
      {others.length > 0 && (
        <Box
          display="flex"
          flexWrap="wrap"
          style={{ gap: 8 }}
          role="group"
          aria-label={t('openapi.offered.servers', {
            title: imported?.title ?? t('openapi.offered.description'),
          })}
        >
          {others.map(({ url, description }) => (
            <Button
              key={url}
              size="small"
              variant="outlined"
              title={description}
              onClick={() =>
                setValue(FIELDS.baseUrl.path, url, {
                  shouldDirty: true,
                  shouldValidate: true,
                })
              }
            >
              {t('openapi.offered.useServer', { url })}
            </Button>
          ))}
        </Box>
      )}
    </>
  );
};
