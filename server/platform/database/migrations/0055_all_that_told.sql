-- Every mail that tells of the code, not only the first: one of them may be refused while another arrives.
alter table incentives alter column told_by type uuid[] using array_remove(array[told_by], null);
alter table incentives alter column told_by set default '{}';
alter table incentives alter column told_by set not null;
