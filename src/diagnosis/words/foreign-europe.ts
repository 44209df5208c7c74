import type { Concept } from './english.ts';

/** The languages of Europe in which providers have been seen to answer. */
export const EUROPEAN: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  [
    'Spanish and Portuguese',
    {
      money:
        'saldo, credito, creditos, facturacion, pago, pagos, fondos, factura, recarga, cobranca, pagamento, faturamento, fatura, suscripcion, assinatura, tarjeta, abono, cuota mensual, plano',
      moneyGone:
        'saldo insuficiente, creditos insuficientes, credito insuficiente, fondos insuficientes, sin saldo, sin creditos, sem saldo, sem creditos, pago requerido, saldo agotado, impago, pago pendiente, factura pendiente, facturas pendientes, fatura em aberto, pagamento pendente, pago vencido, cuenta suspendida por, fondos agotados, credito agotado, creditos agotados, saldo negativo, sin fondos, no tiene saldo, no tiene fondos, saldo esgotado, creditos esgotados, pago rechazado, tarjeta rechazada, cartao recusado, cuenta en mora',
      moneyAct:
        'recargue, recargar, recarregue, anada fondos, adicione creditos, compre creditos, metodo de pago, medio de pago, forma de pago, metodo de pagamento, meio de pagamento, forma de pagamento, tarjeta valida, cartao valido',
      lack: 'insuficiente, insuficientes, agotado, agotados, agotada, excedido, excedida, vencido, vencida, suspendida, suspendido, suspensa, esgotado, esgotados, expirado, negativo, requerido, rechazado, sin, sem, falta, superado, alcanzado, pendiente, pendientes, caducado, bloqueada, bloqueado, agotadas, acabou, terminado, no tiene, no es suficiente, suficientes, suficiente, insuficientemente, deuda, debe, adeuda, devedor',
      rate: 'demasiadas solicitudes, demasiadas peticiones, limite de velocidad, limite de tasa, limite de solicitudes, limite de peticiones, limite de taxa, muitas solicitacoes, muitas requisicoes, por minuto, por segundo, por hora, por dia, frecuencia, llamadas, demasiadas llamadas, muitas chamadas',
      rateHard:
        'demasiadas solicitudes, demasiadas peticiones, limite de velocidad, limite de tasa, limite de taxa, muitas solicitacoes, muitas requisicoes, por minuto, por segundo, por hora, por dia, limite de solicitudes, limite de requisicoes, limite de peticiones, solicitudes por, peticiones por, requisicoes por, demasiadas llamadas, muitas chamadas',
      apiKey:
        'clave, claves, chave, credenciales, credenciais, autenticacion, autenticacao, clave de api, chave de api, contrasena',
      notWho:
        'invalida, invalido, invalidas, invalidos, incorrecta, incorrecto, incorreta, caducada, caducado, fallida, fallo, ausente, revocada, revogada, falhou, falta, expirada, expirado, no encontrada, desconocida',
      whoFails:
        'no autorizado, nao autorizado, no autenticado, autenticacion fallida, error de autenticacion, clave invalida, clave de api invalida, clave api invalida, credenciales invalidas, falha na autenticacao, chave invalida, clave no es valida, clave proporcionada no es valida, clave incorrecta, chave incorreta, token invalido, credencial invalida',
      denied:
        'acceso denegado, acesso negado, permiso denegado, sin permiso, no tiene permiso, no tiene permisos, sem permissao, permisos insuficientes, prohibido, proibido',
      model: 'modelo, modelos, despliegue, implantacao',
      notThere:
        'no encontrado, no existe, nao encontrado, nao existe, no disponible, indisponivel, obsoleto, descontinuado, retirado, no se encontro, no se ha encontrado, desconocido, ya no existe, ya no esta, no esta disponible, nao esta disponivel',
      timeout:
        'tiempo de espera, tiempo agotado, tempo limite, tempo esgotado, tardo demasiado, tarda demasiado, demasiado tiempo, sin respuesta, no respondio, demorou demais, demorou muito, sem resposta',
      timeoutSure: 'tiempo de espera agotado, tiempo de espera, tempo limite, tempo esgotado',
      connection: 'error de conexion, conexion rechazada, no se pudo conectar, erro de conexao, conexao recusada',
      down: 'error interno, servicio no disponible, erro interno, servico indisponivel, sobrecargado, sobrecarregado, mantenimiento, manutencao, temporalmente no disponible, no esta disponible, fuera de servicio, en mantenimiento, nao esta disponivel, fora do ar, em manutencao',
      badRequest: 'solicitud invalida, parametro, parametros, peticion invalida, solicitacao invalida, obligatorio',
      policy: 'politica de contenido, politica de conteudo, contenido inapropiado, moderacion, inapropiado',
      policySure:
        'politica de contenido, politica de conteudo, contenido inapropiado, filtro de contenido, filtro de seguridad, contenido bloqueado, conteudo bloqueado, filtro de conteudo, filtro de seguranca',
      contextWindow:
        'longitud del contexto, longitud maxima, demasiado largo, contexto maximo, longo demais, ventana de contexto, numero maximo de tokens, maximo de tokens, limite de contexto, limite de tokens, janela de contexto, comprimento maximo, tamanho maximo, comprimento do contexto, tamano maximo, entrada demasiado larga, prompt demasiado largo, muito longo, muito longa, excede el contexto',
      tooMuch:
        'supera, excede, demasiado, maxima, maximo, excedeu, ultrapassa, ultrapassou, supero, muito, longo, sobrepasa, sobrepaso, excedido, acima',
      fail: 'error, erro, fallo, falha, no se pudo',
      contextSure:
        'longitud del contexto, longitud maxima del contexto, ventana de contexto, janela de contexto, comprimento do contexto, contexto maximo, limite de contexto, tamanho do contexto',
      busyWord: 'sobrecargado, saturado, sobrecarregado',
    },
  ],
  [
    'French and Italian',
    {
      money:
        'solde, credit, credits, facturation, paiement, fonds, facture, recharge, abonnement, saldo, credito, crediti, fatturazione, pagamento, fondi, prepaye, forfait, forfaits, quota mensuel, prepaiement, compte client, fattura, abbonamento',
      moneyGone:
        'solde insuffisant, credits insuffisants, credit insuffisant, fonds insuffisants, credit epuise, credits epuises, paiement requis, impaye, solde epuise, solde negatif, credito insufficiente, crediti insufficienti, saldo insufficiente, credito esaurito, crediti esauriti, facture impayee, factures impayees, compte bloque pour, defaut de paiement, forfait epuise, credito residuo non, sans credit, plus de credit, plus de credits, sans solde, solde nul, paiement refuse, carte refusee, credito terminato, saldo negativo, pagamento rifiutato, compte suspendu',
      moneyAct:
        'recharger, rechargez, veuillez recharger, ajouter des credits, approvisionner, ricaricare, ricarica, acheter des credits, moyen de paiement, mode de paiement, carte valide, carte bancaire, metodo di pagamento, carta valida',
      lack: 'insuffisant, insuffisants, insuffisante, epuise, epuises, depasse, depassee, expire, expiree, suspendu, requis, negatif, atteint, atteinte, refuse, insufficiente, insufficienti, esaurito, esauriti, superato, scaduto, sospeso, manquant, epuisee, depasses, vide, nul, bloque, bloquee, suspendue, impaye, impayee, impayees, expires, dette, terminato, scaduta, non e sufficiente, non sufficiente, non basta, pas suffisant, n est pas suffisant, ne suffit pas, suffisant, sufficiente, sufficienti, debito, residuo',
      rate: 'trop de requetes, limite de debit, limite de taux, par minute, par seconde, par heure, par jour, troppe richieste, al minuto, limite di frequenza, limite de requetes',
      rateHard:
        'trop de requetes, limite de debit, limite de taux, par minute, par seconde, troppe richieste, al minuto, par heure, par jour, limite de requetes, requetes par, limite di richieste, richieste al, al giorno, al secondo, all ora',
      apiKey:
        'cle, cle api, cle d api, jeton, identifiants, authentification, chiave, chiave api, credenziali, autenticazione, mot de passe',
      notWho:
        'invalide, invalides, incorrecte, incorrect, expiree, manquante, echoue, echec, introuvable, revoquee, non valide, errata, scaduta, mancante, fallita, non valida, inconnue, absente',
      whoFails:
        'non autorise, non authentifie, echec de l authentification, authentification echouee, authentification requise, erreur d authentification, cle invalide, cle api invalide, cle d api invalide, non autorizzato, autenticazione fallita, chiave non valida',
      denied:
        'acces refuse, acces interdit, interdit, permission refusee, pas autorise, accesso negato, autorisation insuffisante, droits insuffisants, pas acces, n avez pas acces, non ha accesso, non hai accesso, acces non autorise',
      model: 'modele, modeles, deploiement, modello',
      notThere:
        'introuvable, n existe pas, existe pas, inexistant, obsolete, plus disponible, non trovato, non esiste, indisponible, non disponibile, inconnu, n existe plus, existe plus, n est plus, non esiste piu, plus supporte',
      timeout:
        'delai d attente, delai depasse, delai expire, temps d attente, tempo scaduto, trop de temps, n a pas repondu, pas de reponse, temps imparti, troppo tempo, non ha risposto, nessuna risposta',
      timeoutSure: 'delai d attente, delai depasse, delai expire, temps d attente, tempo scaduto',
      connection:
        'erreur de connexion, connexion refusee, connexion interrompue, impossible de se connecter, connessione rifiutata',
      down: 'erreur interne, service indisponible, surcharge, surcharges, maintenance, errore interno, servizio non disponibile, sovraccarico, temporairement indisponible, n est pas disponible, hors service, non e disponibile, fuori servizio, in manutenzione',
      badRequest: 'requete invalide, parametre, parametres, parametro, richiesta non valida, obligatoire',
      policy: 'politique de contenu, contenu inapproprie, moderation, politica sui contenuti',
      policySure:
        'politique de contenu, contenu inapproprie, politica sui contenuti, filtre de securite, filtre de contenu, contenu refuse, contenu bloque, contenu interdit, filtro di sicurezza, filtro contenuti, contenuto bloccato',
      contextWindow:
        'longueur de contexte, longueur du contexte, longueur maximale, trop long, fenetre de contexte, troppo lungo, nombre de tokens, nombre maximal de tokens, nombre de jetons, fenetre contextuelle, taille du contexte, contexte maximal, trop longue, lunghezza del contesto, finestra di contesto, lunghezza massima, numero massimo di token, troppo lunga, contesto massimo',
      tooMuch:
        'depasse, trop, maximale, supera, longue, eccede, oltre, massima, massimo, superato, superata, superiore',
      fail: 'erreur, echec, impossible, errore',
      contextSure:
        'longueur de contexte, longueur du contexte, fenetre de contexte, fenetre contextuelle, taille du contexte, contexte maximal, longueur maximale du contexte, lunghezza del contesto, finestra di contesto, contesto massimo',
      busyWord: 'surcharge, sature, sovraccarico',
    },
  ],
  [
    'German and Dutch',
    {
      money:
        'guthaben, kontostand, zahlung, abrechnung, rechnung, kredit, kredite, geld, bezahlung, saldo, tegoed, betaling, budget des kontos, zahlungsmethode, zahlungsmittel, rechnungen, gebuhr, gebuhren, abo, abonnement, tarif, restguthaben, credits, vorauszahlung',
      moneyGone:
        'guthaben aufgebraucht, kein guthaben, nicht genugend guthaben, guthaben erschopft, zahlung erforderlich, nicht ausreichend guthaben, unzureichendes guthaben, guthaben reicht nicht, guthaben ist aufgebraucht, onvoldoende saldo, onvoldoende tegoed, zahlung fehlgeschlagen, zahlungsruckstand, kein ausreichendes guthaben, zu wenig guthaben, offene rechnung, offene rechnungen, offener rechnungen, offenen rechnungen, konto ausgeglichen, zahlungsverzug, uberfallige zahlung, tegoed is op, saldo is op, guthaben verbraucht, guthaben ist verbraucht, guthaben leer, guthaben ist leer, kein geld, zahlung abgelehnt, karte abgelehnt, betaling mislukt, betaling geweigerd, konto gesperrt wegen',
      moneyAct: 'guthaben aufladen, aufladen, laden sie, zahlungsmittel hinterlegen, betaalmethode, betaalmiddel',
      lack: 'nicht, kein, keine, aufgebraucht, erschopft, unzureichend, uberschritten, abgelaufen, gesperrt, erforderlich, niedrig, fehlt, leer, negativ, onvoldoende, verlopen, erreicht, ausgeschopft, uberfallig, uberfallige, offen, offene, offener, verbraucht, benotigt, ontoereikend, verbruikt, is op, op is, reicht nicht, nicht ausreichend, genugend, zu gering, geschuldet, mahnung',
      rate: 'zu viele anfragen, ratenlimit, anfragelimit, pro minute, pro sekunde, pro stunde, pro tag, te veel verzoeken, ratenbegrenzung, anfragen pro, zu viele aufrufe, te veel aanvragen, drosselung, gedrosselt, anfragerate, aufrufe pro',
      rateHard:
        'zu viele anfragen, ratenlimit, anfragelimit, pro minute, pro sekunde, te veel verzoeken, ratenbegrenzung, pro stunde, pro tag, anfragen pro, zu viele aufrufe, verzoeken per, te veel aanvragen, drosselung, gedrosselt',
      apiKey:
        'schlussel, api schlussel, zugangsdaten, anmeldedaten, authentifizierung, anmeldung, passwort, sleutel, zugriffstoken, zugangsschlussel',
      notWho:
        'ungultig, ungultige, ungultiger, ungultiges, falsch, falsche, falscher, abgelaufen, fehlt, fehlgeschlagen, fehlende, fehlender, unbekannt, widerrufen, gesperrt, ongeldig, ongeldige, nicht gefunden',
      whoFails:
        'nicht autorisiert, nicht authentifiziert, authentifizierung fehlgeschlagen, anmeldung fehlgeschlagen, ungultiger schlussel, ungultiger api schlussel, api schlussel ungultig, ungultige anmeldedaten, niet geautoriseerd',
      denied:
        'zugriff verweigert, zugriff nicht erlaubt, keine berechtigung, nicht berechtigt, berechtigung, verboten, nicht freigeschaltet, toegang geweigerd',
      model: 'modell, modelle, bereitstellung, modells',
      notThere:
        'nicht gefunden, existiert nicht, nicht verfugbar, nicht vorhanden, abgekundigt, eingestellt, unbekannt, unbekanntes, niet gevonden, bestaat niet, nicht unterstutzt, nicht mehr',
      timeout:
        'zeituberschreitung, zeitlimit uberschritten, zeitlimit, zu lange, keine antwort, nicht geantwortet, antwortzeit, geen antwoord, duurde te lang',
      timeoutSure: 'zeituberschreitung, zeitlimit uberschritten',
      connection:
        'verbindungsfehler, verbindung abgelehnt, verbindung fehlgeschlagen, keine verbindung, verbindung verweigert, verbindung unterbrochen, verbinding geweigerd, verbindung getrennt, verbindung wurde, verbindung vom server, verbroken',
      down: 'interner fehler, interner serverfehler, uberlastet, dienst nicht verfugbar, wartung, serverfehler, nicht erreichbar, vorubergehend nicht verfugbar, ausgelastet, nicht zur verfugung, in wartung, gestort, storung, niet beschikbaar, buiten dienst',
      badRequest: 'ungultige anfrage, parameter, pflichtfeld, ungultiger parameter',
      policy:
        'inhaltsrichtlinie, inhaltsrichtlinien, inhaltsfilter, unangemessen, nutzungsrichtlinie, nutzungsrichtlinien',
      policySure:
        'inhaltsrichtlinie, inhaltsrichtlinien, inhaltsfilter, nutzungsrichtlinie, nutzungsrichtlinien, sicherheitsfilter, inhalt blockiert, inhalt abgelehnt, inhoudsfilter',
      contextWindow:
        'kontextlange, kontextfenster, zu lang, maximale lange, eingabe zu lang, kontextlimit, kontextgrosse, maximale anzahl, anzahl der token, tokenanzahl, maximale eingabelange, zu gross, eingabelange, contextlengte, te lang, contextvenster',
      tooMuch:
        'uberschreitet, zu lang, maximale, uberschritten, uberschritt, ubersteigt, zu gross, te lang, maximaal, maximalen, langer',
      fail: 'fehler, fehlgeschlagen, konnte nicht, fout',
      contextSure:
        'kontextlange, kontextfenster, kontextlimit, kontextgrosse, eingabe zu lang, eingabelange, contextlengte, contextvenster',
      busyWord: 'uberlastet, ausgelastet, overbelast',
    },
  ],
  [
    'Russian',
    {
      modelGone: 'модель не найдена, модель недоступна, неизвестная модель',
      policySure: 'политика контента, модерац*, фильтр безопасности, фильтр контента, контент заблокирован',
      policy: 'политика контента, модерац*, недопустим*',
      tooMuch: 'превышает, слишком, максимальн*',
      contextSure:
        'длина контекста, контекстное окно, размер контекста, длину контекста, длины контекста, максимальный контекст, контекстного окна',
      contextWindow:
        'длина контекста, контекстное окно, слишком длинный, максимальная длина, количество токенов, число токенов, размер контекста, контекста, контекст, длина запроса, длину контекста, длины контекста',
      badRequest: 'неверный запрос, некорректный запрос, неверный параметр, параметр',
      money:
        'баланс, баланса, балансе, средств, средства, кредит, кредитов, оплата, оплаты, оплату, счет, счёт, счету, деньги, платеж, тариф, тарифа, подписка, подписки, средствах, счете, счёте, счета, денег, лимит расходов, грант, гранта, биллинг, биллинга, платежа, платёж, платежн*, платёжн*, биллинг*, подписк*, оплат*, кошел*',
      moneyGone:
        'недостаточно средств, недостаточный баланс, баланс исчерпан, требуется оплата, закончились средства, задолженность, отрицательный баланс, не хватает средств, нет средств, средства закончились, счет заблокирован, счёт заблокирован, не оплачен, неоплачен*, баланс отрицательный, неуплат*, за неуплату, просрочен платеж, просроченная задолженность, пробный период закончился, пробный период истек, долг, баланс пуст, баланс равен 0, нулевой баланс, денег нет, оплата не прошла, карта отклонена, лимит расходов исчерпан',
      moneyAct:
        'пополните, пополнить, пополнения, пополни*, оплатите, внесите, способ оплаты, платежный метод, привяжите карту',
      lack: 'недостаточно, исчерпан*, закончил*, превышен*, просрочен*, заблокирован*, требуется, нулевой, отрицательн*, не хватает, кончил*, израсходован*, приостановлен*, истек*, истёк*, не оплачен*, неактивн*, неуплат*, отключен*, закрыт*, отклонен*, достигнут*, меньше, ниже, мало',
      rate: 'слишком много запросов, превышен лимит запросов, лимит запросов, в минуту, в секунду, запросов в, квота запросов, квота на, частот*, слишком часто, слишком частые, частота запросов, частоты запросов, количество запросов, лимит обращений',
      rateHard:
        'слишком много запросов, лимит запросов, в минуту, в секунду, в час, в день, в сутки, запросов в, частота запросов, частоты запросов, слишком часто, слишком частые',
      apiKey: 'ключ, ключа, токен, токена, авторизац*, аутентификац*, учетные данные',
      notWho:
        'неверн*, недействительн*, отсутств*, истек*, ошибка, не найден, не указан, отозван, некорректн*, просрочен*',
      whoFails:
        'не авторизован, ошибка авторизации, ошибка аутентификации, неверный ключ, неверный api ключ, не удалось авторизовать',
      denied: 'доступ запрещен, доступ запрещён, нет доступа, недостаточно прав, отказано в доступе, запрещено',
      model: 'модель, модели, моделью',
      notThere: 'не найден*, не существует, не поддерживается, недоступн*, неизвестн*',
      timeout: 'время ожидания, таймаут, превышено время, не ответил, нет ответа, слишком долго',
      timeoutSure: 'время ожидания, таймаут, превышено время',
      down: 'внутренняя ошибка, сервис недоступен, перегружен*, временно недоступ*, недоступен, технические работы, сбой на стороне',
      connection: 'ошибка соединения, соединение отклонено, не удалось подключиться',
      fail: 'ошибка, не удалось, сбой',
      busyWord: 'перегружен*, перегрузк*',
    },
  ],
];
