import type { Concept } from './english.ts';

/**
 * What PostgreSQL says in the languages of its message catalogues (read in those of release 15): it answers and logs in that of
 * its server.
 */
export const DATABASE: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  [
    'PostgreSQL in Chinese, Japanese and Korean',
    {
      database: '数据库,資料庫,データベース,데이터베이스',
      dbSure:
        '太多的客户,发起的连接太多,数据库系统启动中,数据库系统停止中,数据库系统在恢复,已保留的连接位置,のパスワード認証に失敗しました,クライアント数が多すぎます,からの接続が多すぎます,残りの接続スロット,データベースシステムは,동시 접속자 수를 초과,최대 동시 접속수를 초과,최대 접속수를 초과,남은 연결 슬롯,데이터베이스 시스템이',
    },
  ],
  [
    'PostgreSQL in German, French, Italian, Spanish, Portuguese and Swedish',
    {
      database:
        'datenbank, datenbanken, datenbankserver, datenbankverbindung, databank, base de donnees, bases de donnees, base de datos, bases de datos, banco de dados, base de dados, banca dati, databas, databasen',
      dbSure:
        'passwort authentifizierung fur benutzer, schon zu viele verbindungen, zu viele verbindungen von rolle, zu viele verbindungen fur datenbank, die verbleibenden verbindungen, das datenbanksystem, authentification par mot de passe echouee pour, trop de clients sont deja, trop de connexions pour, les emplacements de connexions, systeme de bases de donnees, systeme de base de donnees, autenticazione con password fallita, troppi client gia connessi, troppe connessioni per, troppe connessioni al, slot di connessione, il database si sta, il database e in modalita, la autentificacion password, tenemos demasiados clientes, demasiadas conexiones para, las conexiones restantes, sistema de base de datos, autenticacao do tipo senha, muitos clientes conectados, sistema de banco de dados, losenordsautentisering misslyckades, for manga klienter, for manga uppkopplingar, anslutningsslottar, databassystemet',
    },
  ],
  [
    'PostgreSQL in Russian, Ukrainian, Polish, Czech and Turkish',
    {
      database:
        'база данных, базы данных, базе данных, базой данных, базу данных, бд, база даних, бази даних, базі даних, базу даних, baza danych, bazy danych, bazie danych, databaze, databazi, veritabani, veritabanı',
      dbSure:
        'не прошёл проверку подлинности, не прошел проверку подлинности, уже слишком много клиентов, слишком много подключений, слоты подключений, система баз данных, не пройшов автентифікацію, вже забагато клієнтів, занадто багато підключень, слоти підключень, система бази даних, autoryzacja haslem nie powiodla sie, za duzo klientow, parola dogrulamasi, parola doğrulaması',
    },
  ],
];
