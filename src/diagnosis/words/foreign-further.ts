import type { Concept } from './english.ts';

/** Languages of resellers and relays: what is said of money, keys and rates above all. */
export const FURTHER: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  [
    'Polish and Czech',
    {
      money:
        'srodki, srodkow, saldo, platnosc, platnosci, konto, konta, faktura, faktury, kredyt, kredytow, kredit, kreditu, zustatek, zustatku, platba, platby, ucet, uctu, doplata, oplata',
      moneyGone:
        'brak srodkow, niewystarczajace srodki, niewystarczajace saldo, srodki zostaly wyczerpane, nedostatek prostredku, nedostatecny zustatek, nedostatecny kredit, nieoplacona, nieoplacone, zalegla, neuhrazena',
      moneyAct: 'doładuj, doladuj, doplac, dobijte, dobit kredit, zaplat',
      lack: 'brak, niewystarczajace, niewystarczajacy, wyczerpane, wyczerpany, wyczerpane, skonczyly, przekroczono, zawieszone, zablokowane, nedostatek, nedostatecny, vycerpan, vycerpano, prekrocen, pozastaven',
      rateHard: 'zbyt wiele zapytan, zbyt wiele zadan, na minute, prilis mnoho pozadavku, za minutu',
      rate: 'zbyt wiele zapytan, zbyt wiele zadan, na minute, prilis mnoho pozadavku, za minutu, limit zapytan',
      whoFails:
        'nieprawidlowy klucz, nieprawidłowy klucz, bledny klucz, błedny klucz, brak autoryzacji, neplatny klic, neautorizovan*, nieautoryzowan*',
      denied: 'brak dostepu, brak uprawnien, odmowa dostepu, pristup odepren, nemate opravneni',
      timeout: 'przekroczono czas, limit czasu, uplynal cas, vyprsel casovy limit',
      down: 'blad serwera, usługa niedostepna, usluga niedostepna, chyba serveru, sluzba nedostupna',
    },
  ],
  [
    'Turkish',
    {
      money: 'bakiye, bakiyeniz, kredi, krediniz, odeme, fatura, hesap, abonelik, para, ucret',
      moneyGone:
        'yetersiz bakiye, bakiye yetersiz, bakiyeniz yetersiz, krediniz bitti, krediniz tukendi, odeme gerekli, odenmemis, borc',
      moneyAct: 'yukleme yapın, bakiye yukleyin, kredi yukleyin, odeme yapın',
      lack: 'yetersiz, bitti, tukendi, dolmus, asıldı, gerekli, askıya, yok, kalmadı',
      rateHard: 'cok fazla istek, dakikada, dakika basına',
      rate: 'cok fazla istek, dakikada, dakika basına, istek sınırı, hız sınırı',
      whoFails: 'gecersiz anahtar, gecersiz api anahtarı, yetkisiz, kimlik dogrulama basarısız',
      denied: 'erisim engellendi, erisim reddedildi, izin yok, yetkiniz yok',
      timeout: 'zaman asımı',
      down: 'sunucu hatası, hizmet kullanılamıyor',
    },
  ],
  [
    'Vietnamese and Indonesian',
    {
      money:
        'so du, tai khoan, thanh toan, tin dung, nap tien, hoa đon, goi cuoc, saldo, pembayaran, tagihan, kredit, langganan, dana, pulsa',
      moneyGone:
        'so du khong đu, so du tai khoan khong đu, het tien, het han muc, no cuoc, saldo tidak cukup, saldo tidak mencukupi, saldo habis, kredit habis, belum dibayar, pembayaran gagal, tunggakan',
      moneyAct: 'nap them, vui long nap, nap tien, isi ulang, top up saldo',
      lack: 'khong đu, het, het han, thieu, vuot qua, tidak cukup, tidak mencukupi, habis, kurang, kedaluwarsa, ditangguhkan, melebihi',
      rateHard: 'qua nhieu yeu cau, moi phut, terlalu banyak permintaan, per menit',
      rate: 'qua nhieu yeu cau, moi phut, gioi han toc đo, terlalu banyak permintaan, per menit, batas laju',
      whoFails:
        'khoa khong hop le, khong đuoc xac thuc, kunci tidak valid, kunci api tidak valid, tidak terautentikasi, autentikasi gagal',
      denied: 'khong co quyen, bi tu choi, akses ditolak, tidak memiliki izin',
      timeout: 'het thoi gian, qua thoi gian, waktu habis, batas waktu',
      down: 'may chu ban, loi may chu, kesalahan server, layanan tidak tersedia',
    },
  ],
  [
    'Swedish, Danish and Norwegian',
    {
      money: 'saldo, kredit, krediter, betalning, betaling, faktura, abonnemang, abonnement, belopp, medel',
      moneyGone:
        'otillrackligt saldo, otillracklig kredit, utilstrækkelig saldo, utilstrekkelig saldo, krediterna ar slut, betalning kravs, betaling kræves, obetald, ubetalt, forfallen',
      moneyAct: 'fyll pa, fyld op, fyll opp',
      lack: 'otillracklig, otillrackligt, slut, forbrukad, forbrukat, overskriden, overskredet, sparrad, spærret, utilstrækkelig, utilstrekkelig, brukt opp, brugt op',
      rateHard: 'for manga forfragningar, for mange foresporsler, for mange anmodninger, per minut',
      whoFails:
        'ogiltig nyckel, ogiltig api nyckel, ugyldig nøgle, ugyldig nøkkel, ugyldig nokkel, obehorig, uautoriseret, uautorisert',
      denied: 'atkomst nekad, adgang nægtet, ingen tilgang, saknar behorighet',
    },
  ],
  [
    'Arabic, Persian, Hebrew and Hindi',
    {
      money:
        'رصيد, الرصيد, رصيدك, الدفع, دفع, فاتورة, حسابك, اشتراك, موجودی, اعتبار, پرداخت, יתרה, היתרה, תשלום, חשבון, אשראי, बैलेंस, भुगतान, शेष, क्रेडिट',
      moneyGone:
        'رصيد غير كاف, رصيد غير كافي, رصيدك غير كاف, رصيدك غير كافي, نفد رصيدك, نفد الرصيد, موجودی کافی نیست, اعتبار کافی نیست, יתרה לא מספיקה, אין יתרה, अपर्याप्त बैलेंस, अपर्याप्त शेष',
      lack: 'غير كاف, غير كافي, كافيا, نفد, انتهى, منتهي, مطلوب, کافی نیست, تمام شد, לא מספיקה, אין מספיק, נגמרה, अपर्याप्त, समाप्त, खत्म',
      rateHard: 'طلبات كثيرة, درخواست های زیاد, יותר מדי בקשות, बहुत अधिक अनुरोध',
      whoFails: 'مفتاح غير صالح, غير مصرح, کلید نامعتبر, מפתח לא תקין, אמान्य कुंजी, अमान्य कुंजी',
      denied: 'الوصول مرفوض, دسترسی غیرمجاز, הגישה נדחתה, पहुंच अस्वीकृत',
    },
  ],
  [
    'Ukrainian',
    {
      money: 'баланс, балансу, балансі, кошти, коштів, рахунок, рахунку, оплат*, платіж, платежу, кредит*, підписк*',
      moneyGone: 'недостатньо коштів, баланс вичерпано, заборгован*, не оплачен*, несплачен*',
      moneyAct: 'поповніть, поповнити, оплатіть',
      lack: 'недостатньо, вичерпан*, закінчил*, перевищен*, заблокован*, призупинен*, потрібн*',
      rateHard: 'забагато запитів, за хвилину, на хвилину',
      whoFails: 'недійсний ключ, невірний ключ, не авторизовано',
      denied: 'доступ заборонено, немає доступу',
    },
  ],
];
