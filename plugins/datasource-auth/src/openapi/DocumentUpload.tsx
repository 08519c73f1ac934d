import { ChangeEvent, useState } from 'react';
import Box from '@material-ui/core/Box';
import FormHelperText from '@material-ui/core/FormHelperText';
import { useElementId } from '../frame';
import { useText } from '../translation';

const MAX_BYTES = 64 * 1024 * 1024;

/** Uses FileReader, because not every browser environment has `File.text`. */
function textOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(file);
  });
}

/** Reads a file from the user's computer and sends its text with the import request. */
export const DocumentUpload = ({
  onRead,
}: {
  onRead: (text: string) => void;
}) => {
  const t = useText();
  const id = useElementId();
  const [tooLarge, setTooLarge] = useState(false);
  const choose = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    const large = file !== undefined && file.size > MAX_BYTES;
    setTooLarge(large);
    onRead(file && !large ? await textOf(file) : '');
  };
  return (
    <Box my={2}>
      <label htmlFor={`${id}-file`}>{t('openapi.source.file')}</label>{' '}
      <input
        id={`${id}-file`}
        type="file"
        accept=".json,.yaml,.yml,application/json,application/yaml"
        aria-describedby={`${id}-fault`}
        aria-invalid={tooLarge}
        onChange={choose}
      />
      <FormHelperText id={`${id}-fault`} error role="alert">
        {tooLarge && t('openapi.source.tooLarge')}
      </FormHelperText>
    </Box>
  );
};
