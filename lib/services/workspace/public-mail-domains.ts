/** Where anybody gets an address: such a domain says nothing about who somebody works with. */
const PUBLIC = new Set(
  (
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr hotmail.de live.com msn.com yahoo.com yahoo.co.uk " +
    "yahoo.co.jp yahoo.co.in yahoo.fr yahoo.de ymail.com rocketmail.com icloud.com me.com mac.com aol.com proton.me protonmail.com " +
    "pm.me tutanota.com tuta.io gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de mail.com email.com fastmail.com " +
    "hey.com zoho.com zohomail.com yandex.com yandex.ru mail.ru bk.ru list.ru inbox.ru rambler.ru qq.com foxmail.com 163.com 126.com " +
    "sina.com naver.com daum.net hanmail.net rediffmail.com orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it " +
    "tiscali.it bluewin.ch seznam.cz wp.pl o2.pl onet.pl interia.pl ukr.net uol.com.br bol.com.br terra.com.br comcast.net " +
    "verizon.net att.net btinternet.com sky.com virginmedia.com mailinator.com yopmail.com guerrillamail.com duck.com"
  ).split(" "),
);

/** Whether anybody can get an address of this domain. */
export const isPublicMailDomain = (domain: string): boolean => PUBLIC.has(domain);
