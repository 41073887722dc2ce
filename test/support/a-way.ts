/** A command, a click or a setting: no bare advice. */
export const A_WAY =
  /In Docebo, open|npm start|convoke |temporal |curl |timedatectl|ss -ltnp|Exchange Online PowerShell|admin center|Admin menu|convoke\.yaml|CONVOKE_|openssl |nc -v|profile|Outlook|proxy|Node/;
