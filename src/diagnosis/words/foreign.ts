import type { Concept } from './english.ts';
import { ASIAN } from './foreign-asia.ts';
import { DATABASE } from './foreign-database.ts';
import { EUROPEAN } from './foreign-europe.ts';
import { FURTHER } from './foreign-further.ts';

/** That something failed, and no more: enough for UNKNOWN, in no rule. */
const TROUBLE = [
  '错误,失败,异常,故障,无法,不可用,拒绝,出错,超时,无效,錯誤,失敗,異常,無法,拒絕,無效',
  'エラー,失敗,できません,できませんでした,異常,無効,拒否,障害,오류,실패,에러,없습니다,거부,장애',
  'error*, fallo, fallos, falla, fallas, fallado, fallida, fallido, falha, falhas, falhou, erro, erros, no se pudo, nao foi possivel, no disponible, indisponivel, rechazad*, rejeitad*, problema',
  'erreur, erreurs, echec, echoue*, impossible, indisponible, refuse, panne, errore, errori, fallita, fallito, non disponibile, impossibile, rifiutat*, guasto',
  'fehler, fehlgeschlagen, gescheitert, fehlerhaft, nicht moglich, nicht verfugbar, abgelehnt, ungultig*, storung, ausfall, fout, fouten, mislukt, ongeldig*, storing, geweigerd',
  'ошибка, ошибки, ошибку, ошибке, ошибок, сбой, сбоя, неудача, неудачно, не удалось, невозможно, недоступ*, отклонен*, отказ, отказано, помилка, помилки, збій, не вдалося, неможливо',
  'blad, bledy, bledu, bład, błedy, błedu, nieudan*, niepowodzenie, nie mozna, odrzucon*, chyba, chyby, chybu, selhal*, selhani, nelze, odmitnut*',
  'hata, hatası, hatasi, basarisiz, basarısız, yapılamadı, reddedildi, mumkun degil, loi, that bai, khong the, tu choi, kesalahan, gagal, ditolak, tidak dapat, tidak bisa',
  'fel, felet, misslyckades, misslyckad, kunde inte, avvisad*, fejl, mislykkedes, kunne ikke, feil, mislyktes',
  'خطأ, فشل, تعذر, مرفوض, خطا, ناموفق, שגיאה, נכשל, נכשלה, त्रुटि, विफल, असफल',
].join(',');

/**
 * The same concepts in other languages: providers and their clouds answer in the language of their console.
 * Scripts without spaces are matched as substrings, the others as words (accents removed).
 */
export const FOREIGN: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  ...ASIAN,
  ...EUROPEAN,
  ...FURTHER,
  ...DATABASE,
  ['every language', { trouble: TROUBLE }],
];
