/**
 * What people choose and attackers try first: whole passwords, keyboard walks and the stems that get digits appended,
 * in the languages the product speaks and some more. Lower case; four characters at least.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  password passwort passwd passw0rd contrasena contraseña motdepasse mot2passe senha senhas parola haslo hasło heslo
  wachtwoord lösenord losenord passord salasana kodeord пароль kennwort geheim geheimnis passphrase passcode pincode
  secret topsecret mysecret secretpassword mypassword newpassword oldpassword yourpassword changeme changeit letmein
  letmeinnow opensesame iloveyou iloveu loveyou lovelove ichliebedich teamo tequiero jetaime tiamo welcome welcome1
  willkommen bienvenue bienvenido benvenuto hello helloworld hallo hallohallo hallowelt bonjour salut hola ciao servus
  login logon signin access admin administrator administrador sysadmin superadmin webadmin root toor superuser
  supervisor operator manager master masterkey default user username guest gast test tester testing testtest testuser
  demo sample example temp temporary tmppass dummy nopass nopassword blank none null undefined system server database
  oracle mysql postgres postgresql mariadb mongodb redis sqlserver cisco router switch windows linux ubuntu debian
  android iphone samsung nokia apple google facebook youtube instagram twitter whatsapp linkedin microsoft amazon
  netflix spotify minecraft fortnite roblox pokemon pikachu nintendo playstation xbox starwars startrek jedi skywalker
  batman superman spiderman ironman hulk joker matrix terminator gandalf frodo hobbit harrypotter hogwarts hermione
  qwerty qwertz azerty qwertyuiop qwertzuiop azertyuiop qwertyui qwertzui asdf asdfg asdfgh asdfghjkl asdfjkl yxcv
  yxcvbnm zxcv zxcvb zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc qweqwe asdasd zxczxc 1qaz2wsx 1q2w3e 1q2w3e4r
  1q2w3e4r5t q1w2e3 q1w2e3r4 zaq12wsx zaq1xsw2 qwer1234 asdf1234 qwer asdfqwer wasd wasdwasd poiuytrewq lkjhgfdsa
  mnbvcxz 0987654321 9876543210 1234567890 12345678 123456 12345 1234 123123 123321 112233 121212 131313 111111 222222
  333333 444444 555555 666666 696969 777777 888888 999999 000000 654321 987654321 abcd abcde abcdef abcdefg abcdefgh
  abcd1234 abc123 abc12345 a1b2c3 a1b2c3d4 aaaa aaaaaa aa123456 xxxx xxxxxx zzzzzz pass1234 pass word trustno1
  monkey dragon tiger tigers lion lions eagle eagles falcon falcons panther panthers shark sharks dolphin dolphins
  butterfly ladybug spider scorpion snake python cobra wolf wolves bear bears buffalo mustang mustangs bronco broncos
  cowboy cowboys ranger rangers yankee yankees redsox lakers celtics bulls steelers packers raiders patriots giants
  football fussball futbol futebol soccer basketball baseball hockey tennis volleyball cricket golf golfer racing
  arsenal chelsea liverpool manchester manutd everton tottenham barcelona realmadrid juventus milan bayern dortmund
  schalke hamburg borussia benfica boca riverplate flamengo corinthians palmeiras
  sunshine sunflower flower flowers blume blumen rainbow summer winter autumn spring sommer herbst fruehling frühling
  verano invierno printemps january february march april june july august september october november december januar
  februar märz juli oktober dezember monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch
  donnerstag freitag samstag sonntag today tomorrow yesterday morning night midnight weekend holiday vacation christmas
  weihnachten easter ostern halloween birthday geburtstag
  princess prinzessin princesa princesse queen king prince angel angels engel angelo daemon demon devil satan lucifer
  heaven jesus christ jesuschrist godisgood blessed blessing faith grace hope freedom freiheit peace frieden liberty
  victory lucky happy happiness smile cookie cookies chocolate schokolade candy sugar honey cherry peaches banana orange
  lemon apples strawberry pepper ginger vanilla coffee kaffee cheese pizza chicken bacon hamburger whiskey vodka tequila
  bier beer wine marlboro corvette ferrari porsche mercedes lamborghini camaro chevrolet toyota honda yamaha harley
  kawasaki suzuki ducati volkswagen audi bmw
  michael michelle jordan jennifer jessica ashley daniel daniela andrew andrea andreas anthony thomas matthew joshua
  robert william charlie charles george nicole amanda samantha elizabeth hannah sophie maggie buster bailey shadow
  max1 maximilian alexander alexandra alejandro sebastian christian christina stefan stefanie martin martina nicolas
  patrick peter philipp tobias florian julian jonas lukas leonie laura sarah sandra sabine claudia carlos fernando
  gabriel miguel rafael rodrigo antonio francisco giuseppe francesco pierre nathalie isabelle anna maria marie mariana
  hunter soldier killer killers ninja samurai warrior wizard pirate pirates ghost phantom thunder lightning storm
  hurricane tornado blizzard phoenix diamond diamonds crystal silver golden platinum purple yellow orange1 black white
  computer internet hardware software keyboard laptop network wireless hotspot wifi hacker hacking security sicherheit
  private business company office firma account konto customer employee support service servicedesk helpdesk sales
  marketing finance school schule student students teacher university college doctor nurse police army marine marines
  navy airforce soldier1 america american usausa germany deutschland berlin münchen munich england london france paris
  espana españa madrid italia roma brasil brazil mexico argentina canada australia india china russia ukraine poland
  polska turkiye turkey istanbul
  babygirl babyboy sweetheart sweetie darling schatz schatzi liebling mausi hase bella amor amore corazon cherie bonbon
  family familie mother father mama papa sister brother bestfriend friends forever always together fuckyou fuckoff
  asshole bitch bastard sexy sexsex pussy bigdick scheisse arschloch merda puta
  tokenidp identity provider oauth openid single signon
  `
    .trim()
    .split(/\s+/)
    .filter((word) => word.length >= 4),
);
