import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { isFromSettings, Kind } from 'backstage-plugin-datasource-auth-common';
import { Notice } from '../frame';
import { FIELDS } from '../kinds';
import { KeyFile, readKeyFile } from '../settings/keyFile';
import { useText } from '../translation';
import { SecretSetting } from './SecretSetting';

/** The key of an assertion. A pasted key file is taken apart, except for its token URL, which only a person may trust. */
export const AssertionKeySetting = ({ required }: { required?: boolean }) => {
  const t = useText();
  const { setValue } = useFormContext();
  const type: Kind = useWatch({ name: FIELDS.authType.path });
  const [file, setFile] = useState<KeyFile>();
  const fill = (path: string, value: unknown) =>
    setValue(path, value, { shouldDirty: true, shouldValidate: true });
  const read = (pasted: string): string => {
    const found = readKeyFile(pasted);
    setFile(found);
    if (!found) return pasted;
    for (const [path, value] of Object.entries(found.settings))
      fill(path, value);
    if (found.passphrase)
      fill(FIELDS.assertionPassphrase.path, {
        action: 'replace',
        value: found.passphrase,
      });
    return found.key;
  };
  return (
    <>
      <SecretSetting id="assertionKey" required={required} read={read} />
      {file && (
        <Notice severity="info">
          {file.tokenUrl && !isFromSettings({ type })
            ? t('editor.keyFileWithUrl', { url: file.tokenUrl })
            : t('editor.keyFile')}
        </Notice>
      )}
    </>
  );
};
