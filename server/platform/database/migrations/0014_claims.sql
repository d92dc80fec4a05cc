-- Whose hands an invitation's message is in: another worker may have taken it over from one that was thought dead.
alter table invitations
  add column claim uuid;
