import { Suggestions } from '../frame/Suggestions';
import { useUsersAndGroups } from '../frame/useUsersAndGroups';
import { TextSetting } from './TextSetting';
import { useSetting } from './useSetting';

/** Who owns the datasource: users and groups of the catalog are offered, where there is one. */
export const OwnerSetting = () => {
  const { elementId, value } = useSetting<string>('owner');
  const list = `${elementId}-suggestions`;
  return (
    <>
      <TextSetting id="owner" list={list} />
      <Suggestions id={list} values={useUsersAndGroups(value)} />
    </>
  );
};
