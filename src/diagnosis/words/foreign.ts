import type { Concept } from './english.ts';

/**
 * The same concepts in other languages: providers and their clouds answer in the language of their console.
 * Scripts without spaces are matched as substrings, the others as words (accents removed).
 */
export const FOREIGN: readonly (readonly [language: string, Partial<Record<Concept, string>>])[] = [
  [
    'Chinese',
    {
      money:
        '余额, 餘額, 额度, 額度, 账户资金, 资金, 充值, 儲值, 费用, 費用, 账单, 帳單, 付费, 付款, 支付, 资源包, 套餐, 点数, 點數, 积分, 算力, 预付费, 账户金额, 代金券, 钱包, 扣费, 计费, 结算, 金额, 余款, 欠款, 免费额度, 订阅, 会员, 积点, 钱',
      moneyGone:
        '欠费, 欠費, 余额不足, 餘額不足, 额度不足, 額度不足, 额度已用完, 额度已用尽, 额度耗尽, 额度已耗尽, 余额为零, 余额为0, 无可用资源包, 没有可用资源包, 资源包已用完, 套餐已到期, 套餐已过期, 账户已欠费, 资金不足, 點數不足, 积分不足, 点数不足, 未开通付费, 停服, 逾期, 透支, 费用不足, 扣费失败, 预扣费额度失败, 用户额度不足, 令牌额度, 未支付, 欠款, 余额为负, 余额已用完, 额度用完, 免费额度已, 无余额, 没有余额, 未付款, 账单逾期, 订阅已过期, 会员已过期, 未续费',
      moneyHard: '欠费, 欠費, 余额不足, 餘額不足, 未支付账单, 账户欠款',
      downSure: '访问量过大',
      moneyAct:
        '请充值, 請充值, 充值, 请续费, 续费, 儲值, 购买资源包, 请购买, 请缴费, 缴费, 请付款, 购买, 升级套餐, 开通付费',
      lack: '不足, 不够, 耗尽, 用尽, 用完, 已用完, 过期, 到期, 為零, 为零, 已超, 超出, 超过, 超過, 无可用, 沒有, 没有, 欠, 失败, 停用, 冻结, 凍結, 已达, 为负, 不够用, 已尽, 耗光, 暂停, 停止, 低于, 小于',
      quota: '配额, 配額, 用量',
      rate: '限流, 限速, 频率, 頻率, 速率, 请求过于频繁, 过于频繁, 頻繁, 频繁, 并发, 併發, 並發, 请求数过多, 请求过多, 請求過多, 调用次数, 每分钟, 每分鐘, 每秒, 每天, 每日, 每小时, 流控, 请求次数, 访问量过大, 并发数, 触发限制, 限频, 请求太快, 太频繁, 调用频次, 频次, 吞吐, 过快, 请求数, 次数超, 調用頻率, 并发超限, 并发过高, 达到上限',
      rateHard:
        '限流, 限速, 频率, 速率限制, 速率, 过于频繁, 并发数, 每分钟, 每秒, 每天, 每日, 限频, 太频繁, 频次, 过快, 请求太快, 每小时, 請求過於頻繁, 请求过多, 頻率, 次/分, 请求数过多, 限流策略, 触发限流, 并发超限, 并发过高',
      waitHelps: '稍后再试, 稍后重试, 秒后重试, 请稍候, 请稍等, 稍後再試, 后再试, 后重试',
      limit: '限制, 上限, 限额, 限額',
      exceeded: '超出, 超过, 超過, 达到, 達到, 超限, 已达',
      apiKey:
        '密钥, 金鑰, 密鑰, 令牌, 凭证, 憑證, 凭据, 鉴权, 身份验证, 身份認證, 身份认证, 认证, 認證, 签名, 授权, 授權, 访问密钥, 登录, 密匙, 接口密钥, 账号密码',
      keyWord: '密钥, 令牌, 金鑰',
      notWho:
        '无效, 無效, 错误, 錯誤, 失败, 失敗, 不正确, 不正確, 过期, 過期, 不存在, 缺失, 缺少, 未提供, 为空, 未通过, 非法, 已禁用, 被禁用, 未找到, 不合法, 未填写, 已失效, 失效, 不匹配, 已被删除, 无法识别, 校验失败, 已吊销, 吊销, 非有效',
      whoFails:
        '未授权, 未授權, 身份验证失败, 身份验证, 鉴权失败, 认证失败, 認證失敗, 密钥无效, 密钥错误, 令牌无效, 无效的令牌, 令牌已过期, 令牌过期, 未登录, 签名错误, 无效的密钥, 验证失败, 未认证, 鉴权错误, 校验失败',
      denied:
        '无权限, 没有权限, 無權限, 权限不足, 權限不足, 未开通, 無權, 无权, 禁止访问, 拒绝访问, 访问被拒绝, 未获授权, 地区不支持, 不支持的地区, 未实名, 实名认证, 账号被封, 账号已被封禁, 封禁, 账户异常, 白名单, 无访问权限, 暂无权限, 权限',
      permissionHard: '没有权限, 无权限, 权限不足, 未开通, 无权, 实名认证, 封禁, 白名单, 地区不支持',
      model: '模型, 部署, 接入点, 端点, 服务',
      notThere:
        '不存在, 未找到, 找不到, 已下线, 下线, 不支持, 已停用, 无可用渠道, 无效, 未部署, 已弃用, 不可用, 没有找到, 没找到, 未上线',
      modelGone:
        '模型不存在, 模型未找到, 无此模型, 模型已下线, 不支持该模型, 不支持的模型, 模型不支持, 无可用渠道, 模型编码, 模型名称错误, 没有该模型, 找不到模型, 模型错误, 该模型不存在',
      badRequest:
        '参数错误, 参数, 請求參數, 请求参数, 格式错误, 不合法, 缺少参数, 必填, 不能为空, 请求有误, 无效参数, 参数非法, 参数无效, 请求格式',
      contextWindow:
        '上下文长度, 上下文, 最大长度, 输入过长, 输入长度, 文本过长, 超长, 过长, 上下文窗口, 令牌数, 字数, 最大上下文, 提示词长度, 内容过长, 长度, 字数太多, 字数过多, 精简输入, 缩短输入, 输入太长, 内容太长, 文本太长, 数量超过, 数超过, 数超出, 数超限, 数量超限, 数量超出, 请缩短, 减少输入, 超出上下文, 超过上下文, 长度超过, 长度超限, 长度超出, 输入内容过长, 对话过长, 对话历史, 超出模型, 超过模型, 最大输入',
      tooMuch: '超过, 超出, 超过最大, 过长, 太长, 超长, 过大, 超限, 最大, 太多, 过多, 上限, 精简, 缩短, 减少',
      contextSure:
        '上下文长度, 输入过长, 输入长度, 最大上下文, 上下文窗口, 内容过长, 文本过长, 提示词过长, 字数太多, 字数过多, 精简输入, 缩短输入, 输入太长, 内容太长, 文本太长, 数量超过上限, 数超过上限, 数超限, 数量超限, 请缩短, 减少输入, 超出上下文, 超过上下文, 输入内容过长, 对话过长, 超过模型最大, 超出模型最大, 最大输入长度',
      policy:
        '敏感, 内容安全, 安全审核, 审核, 违规, 違規, 不当内容, 违禁, 敏感词, 风控, 有害, 不安全, 敏感内容, 合规, 违反, 涉黄, 涉政, 违法',
      policySure:
        '内容安全, 敏感内容, 敏感词, 安全审核, 违规内容, 不当内容, 违禁, 审核不通过, 不安全或敏感, 敏感, 审核, 违规, 不安全, 有害内容, 违法, 不合规',
      refuse: '拦截, 拒绝, 违反, 屏蔽, 检测, 包含, 不通过, 未通过, 触发, 命中',
      timeout: '超时, 逾時, 响应时间过长, 请求超时',
      timeoutSure: '超时, 逾時',
      connection:
        '连接失败, 無法連接, 无法连接, 连接被拒绝, 网络错误, 网络异常, 连接错误, 连接重置, 网络连接, 連線失敗, 域名解析, 证书, 连接超时被拒, 连接中断, 无法访问上游',
      down: '服务繁忙, 系统繁忙, 繁忙, 服务器繁忙, 服务过载, 过载, 負載, 负载, 内部错误, 內部錯誤, 服务器内部错误, 服务不可用, 系统错误, 系统异常, 服务异常, 维护, 服务器错误, 推理失败, 服务暂时不可用, 网关错误, 服务端错误, 内部异常, 引擎异常, 模型正在加载, 拥挤, 网络拥堵, 未知错误, 服务端异常, 后端异常, 超负荷, 算力不足, 资源紧张',
      fail: '失败, 失敗, 错误, 錯誤, 异常, 無法, 无法, 超时, 拒绝',
      noDeployments: '无可用部署',
      database: '数据库, 資料庫',
      disk: '磁盘空间不足, 磁盘已满',
      oom: '内存不足, 显存不足, 内存溢出',
      busyWord: '繁忙, 过载, 拥挤, 负载过高, 访问量过大, 排队',
    },
  ],
  [
    'Japanese',
    {
      money:
        '残高, クレジット, 支払い, 支払, お支払い, 料金, 請求, チャージ, 課金, 決済, 利用枠, プリペイド, 無料枠, 有料プラン, サブスクリプション, 利用料',
      moneyGone:
        '残高不足, 残高が不足, クレジット不足, クレジットが不足, 未払い, 残高がありません, 支払い期限, 使い切りました, 残高がゼロ, 未払, 利用停止',
      moneyAct: 'チャージしてください, 入金, 追加購入',
      lack: '不足, 足りません, 切れ, 超過, ありません, 失効, 停止, 達しました, 必要です, 使い切, 上限, ゼロ, ない, 尽き, 使い果た',
      rate: 'レート制限, レートリミット, リクエストが多すぎ, 毎分, 同時実行, 頻度, 流量, リクエスト数, アクセスが集中, 回数制限, 同時接続',
      rateHard:
        'レート制限, レートリミット, リクエストが多すぎ, 毎分, 毎秒, 1分あたり, 一分あたり, 1日あたり, 毎日, 1時間あたり, 同時実行数, 同時接続数, 回数制限, リクエスト数の上限, アクセスが集中',
      apiKey: 'キー, トークン, 認証, 資格情報, 鍵, パスワード',
      notWho: '無効, 正しくありません, 失敗, 期限切れ, 見つかりません, 不正, 誤り, 必要です, 間違',
      whoFails: '認証に失敗, 認証エラー, 認証されていません, 無効なキー, 認証情報が無効, apiキーが無効',
      denied:
        '権限がありません, アクセスが拒否, 許可されていません, アクセス権, 権限, アクセスできません, 許可がありません',
      model: 'モデル, デプロイ',
      notThere: '見つかりません, 存在しません, 廃止, 利用できません, サポートされていません, 提供終了, 終了しました',
      contextWindow:
        'コンテキスト長, 長すぎます, トークン数, 最大長, 文字数, 入力が長, 最大トークン, コンテキストウィンドウ, コンテキスト, プロンプトが長, 入力トークン',
      tooMuch: '超え, 超過, 長すぎ, 上限, 長い, 大きすぎ',
      policy: 'コンテンツポリシー, 不適切, ポリシー違反, 安全性, 有害',
      policySure: 'コンテンツポリシー, ポリシー違反, 不適切, コンテンツフィルタ',
      timeout: 'タイムアウト, 時間切れ',
      timeoutSure: 'タイムアウト',
      connection: '接続できません, 接続に失敗, 接続エラー, ネットワークエラー',
      down: '混雑, 過負荷, 内部エラー, サーバーエラー, 利用できない状態, メンテナンス, 一時的に利用, 高負荷, アクセスが集中',
      badRequest: 'パラメータ, パラメーター, 不正なリクエスト, 必須, リクエストが不正, 不正な値',
      fail: 'エラー, 失敗, できません',
      contextSure:
        'コンテキスト長, コンテキストウィンドウ, 入力が長すぎ, プロンプトが長すぎ, 最大トークン数, 入力トークン数',
      busyWord: '混雑, 過負荷',
    },
  ],
  [
    'Korean',
    {
      connection: '연결 실패, 연결할 수 없, 네트워크 오류',
      badRequest: '잘못된 요청, 파라미터, 매개변수, 필수',
      money: '잔액, 크레딧, 결제, 요금, 충전, 청구, 이용권, 요금제, 구독, 미납금, 선불',
      moneyGone:
        '잔액 부족, 잔액이 부족, 크레딧이 부족, 크레딧 부족, 미납, 연체, 잔액부족, 미결제, 크레딧을 모두, 잔액이 없, 크레딧이 없',
      moneyAct: '충전해, 충전 후, 결제 수단',
      lack: '부족, 소진, 초과, 만료, 없습니다, 필요, 정지, 모두 사용, 다 사용, 한도, 없',
      rate: '요청이 너무 많, 요청 한도, 속도 제한, 분당, 초당, 호출 한도, 요청 횟수, 호출량, 동시 요청, 빈번',
      rateHard: '요청이 너무 많, 속도 제한, 분당, 초당, 시간당, 일일 한도, 하루, 요청 횟수, 동시 요청, 호출 횟수',
      apiKey: '키, 토큰, 인증, 자격 증명',
      notWho: '유효하지, 잘못된, 만료, 실패, 누락, 올바르지, 없습니다',
      whoFails: '인증 실패, 인증에 실패, 인증되지, 유효하지 않은 키, 인증 오류',
      denied: '권한이 없, 접근이 거부, 권한, 허용되지 않, 승인되지 않',
      model: '모델, 배포',
      notThere: '찾을 수 없, 존재하지, 지원하지 않, 지원되지, 종료',
      timeout: '시간 초과, 시간이 초과, 타임아웃',
      timeoutSure: '시간 초과, 타임아웃, 응답 시간',
      down: '과부하, 내부 오류, 서버 오류, 점검, 혼잡, 일시적',
      contextWindow:
        '컨텍스트 길이, 너무 깁니다, 토큰 수, 컨텍스트, 입력이 너무, 최대 길이, 최대 토큰, 입력 토큰, 프롬프트가',
      tooMuch: '초과, 너무',
      policy: '콘텐츠 정책, 부적절, 유해',
      policySure: '콘텐츠 정책, 부적절',
      fail: '오류, 실패, 에러',
      contextSure:
        '컨텍스트 길이, 컨텍스트 윈도우, 입력이 너무 깁, 입력이 너무 길, 프롬프트가 너무, 최대 컨텍스트, 최대 토큰 수',
      busyWord: '과부하, 혼잡',
    },
  ],
  [
    'Spanish and Portuguese',
    {
      money:
        'saldo, credito, creditos, facturacion, pago, pagos, fondos, factura, recarga, cobranca, pagamento, faturamento, fatura, suscripcion, assinatura, tarjeta, abono, cuota mensual, plano',
      moneyGone:
        'saldo insuficiente, creditos insuficientes, credito insuficiente, fondos insuficientes, sin saldo, sin creditos, sem saldo, sem creditos, pago requerido, saldo agotado, impago, pago pendiente, factura pendiente, facturas pendientes, fatura em aberto, pagamento pendente, pago vencido, cuenta suspendida por',
      moneyAct: 'recargue, recargar, recarregue, anada fondos, adicione creditos, compre creditos',
      lack: 'insuficiente, insuficientes, agotado, agotados, agotada, excedido, excedida, vencido, vencida, suspendida, suspendido, suspensa, esgotado, esgotados, expirado, negativo, requerido, rechazado, sin, sem, falta, superado, alcanzado, pendiente, pendientes, caducado, bloqueada, bloqueado, agotadas, acabou, terminado',
      rate: 'demasiadas solicitudes, demasiadas peticiones, limite de velocidad, limite de tasa, limite de solicitudes, limite de peticiones, limite de taxa, muitas solicitacoes, muitas requisicoes, por minuto, por segundo, por hora, por dia, frecuencia',
      rateHard:
        'demasiadas solicitudes, demasiadas peticiones, limite de velocidad, limite de tasa, limite de taxa, muitas solicitacoes, muitas requisicoes, por minuto, por segundo, por hora, por dia, limite de solicitudes, limite de requisicoes, limite de peticiones, solicitudes por, peticiones por, requisicoes por',
      apiKey:
        'clave, claves, chave, credenciales, credenciais, autenticacion, autenticacao, clave de api, chave de api, contrasena',
      notWho:
        'invalida, invalido, invalidas, invalidos, incorrecta, incorrecto, incorreta, caducada, caducado, fallida, fallo, ausente, revocada, revogada, falhou, falta, expirada, expirado, no encontrada, desconocida',
      whoFails:
        'no autorizado, nao autorizado, no autenticado, autenticacion fallida, error de autenticacion, clave invalida, clave de api invalida, clave api invalida, credenciales invalidas, falha na autenticacao, chave invalida',
      denied:
        'acceso denegado, acesso negado, permiso denegado, sin permiso, no tiene permiso, no tiene permisos, sem permissao, permisos insuficientes, prohibido, proibido',
      model: 'modelo, modelos, despliegue, implantacao',
      notThere:
        'no encontrado, no existe, nao encontrado, nao existe, no disponible, indisponivel, obsoleto, descontinuado, retirado, no se encontro, no se ha encontrado, desconocido',
      timeout: 'tiempo de espera, tiempo agotado, tempo limite, tempo esgotado',
      timeoutSure: 'tiempo de espera agotado, tiempo de espera, tempo limite, tempo esgotado',
      connection: 'error de conexion, conexion rechazada, no se pudo conectar, erro de conexao, conexao recusada',
      down: 'error interno, servicio no disponible, erro interno, servico indisponivel, sobrecargado, sobrecarregado, mantenimiento, manutencao, temporalmente no disponible',
      badRequest: 'solicitud invalida, parametro, parametros, peticion invalida, solicitacao invalida, obligatorio',
      policy: 'politica de contenido, politica de conteudo, contenido inapropiado, moderacion, inapropiado',
      policySure: 'politica de contenido, politica de conteudo, contenido inapropiado',
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
        'solde insuffisant, credits insuffisants, credit insuffisant, fonds insuffisants, credit epuise, credits epuises, paiement requis, impaye, solde epuise, solde negatif, credito insufficiente, crediti insufficienti, saldo insufficiente, credito esaurito, crediti esauriti, facture impayee, factures impayees, compte bloque pour, defaut de paiement, forfait epuise',
      moneyAct:
        'recharger, rechargez, veuillez recharger, ajouter des credits, approvisionner, ricaricare, ricarica, acheter des credits',
      lack: 'insuffisant, insuffisants, insuffisante, epuise, epuises, depasse, depassee, expire, expiree, suspendu, requis, negatif, atteint, atteinte, refuse, insufficiente, insufficienti, esaurito, esauriti, superato, scaduto, sospeso, manquant, epuisee, depasses, vide, nul, bloque, bloquee, suspendue, impaye, impayee, impayees, expires, dette, terminato, scaduta',
      rate: 'trop de requetes, limite de debit, limite de taux, par minute, par seconde, par heure, par jour, troppe richieste, al minuto, limite di frequenza, limite de requetes, debit',
      rateHard:
        'trop de requetes, limite de debit, limite de taux, par minute, par seconde, troppe richieste, al minuto, par heure, par jour, limite de requetes, requetes par, limite di richieste, richieste al, al giorno, al secondo, all ora',
      apiKey:
        'cle, cle api, cle d api, jeton, identifiants, authentification, chiave, chiave api, credenziali, autenticazione, mot de passe',
      notWho:
        'invalide, invalides, incorrecte, incorrect, expiree, manquante, echoue, echec, introuvable, revoquee, non valide, errata, scaduta, mancante, fallita, non valida, inconnue, absente',
      whoFails:
        'non autorise, non authentifie, echec de l authentification, authentification echouee, authentification requise, erreur d authentification, cle invalide, cle api invalide, cle d api invalide, non autorizzato, autenticazione fallita, chiave non valida',
      denied:
        'acces refuse, acces interdit, interdit, permission refusee, pas autorise, accesso negato, autorisation insuffisante, droits insuffisants',
      model: 'modele, modeles, deploiement, modello',
      notThere:
        'introuvable, n existe pas, existe pas, inexistant, obsolete, plus disponible, non trovato, non esiste, indisponible, non disponibile, inconnu',
      timeout: 'delai d attente, delai depasse, delai expire, temps d attente, tempo scaduto',
      timeoutSure: 'delai d attente, delai depasse, delai expire, temps d attente, tempo scaduto',
      connection:
        'erreur de connexion, connexion refusee, connexion interrompue, impossible de se connecter, connessione rifiutata',
      down: 'erreur interne, service indisponible, surcharge, surcharges, maintenance, errore interno, servizio non disponibile, sovraccarico, temporairement indisponible',
      badRequest: 'requete invalide, parametre, parametres, parametro, richiesta non valida, obligatoire',
      policy: 'politique de contenu, contenu inapproprie, moderation, politica sui contenuti',
      policySure: 'politique de contenu, contenu inapproprie, politica sui contenuti',
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
        'guthaben aufgebraucht, kein guthaben, nicht genugend guthaben, guthaben erschopft, zahlung erforderlich, nicht ausreichend guthaben, unzureichendes guthaben, guthaben reicht nicht, guthaben ist aufgebraucht, onvoldoende saldo, onvoldoende tegoed, zahlung fehlgeschlagen, zahlungsruckstand, kein ausreichendes guthaben, zu wenig guthaben, offene rechnung, offene rechnungen, offener rechnungen, offenen rechnungen, konto ausgeglichen, zahlungsverzug, uberfallige zahlung',
      moneyAct: 'guthaben aufladen, aufladen, laden sie',
      lack: 'nicht, kein, keine, aufgebraucht, erschopft, unzureichend, uberschritten, abgelaufen, gesperrt, erforderlich, niedrig, fehlt, leer, negativ, onvoldoende, verlopen, erreicht, ausgeschopft, uberfallig, uberfallige, offen, offene, offener, verbraucht, benotigt',
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
      timeout: 'zeituberschreitung, zeitlimit uberschritten, zeitlimit',
      timeoutSure: 'zeituberschreitung, zeitlimit uberschritten',
      connection:
        'verbindungsfehler, verbindung abgelehnt, verbindung fehlgeschlagen, keine verbindung, verbindung verweigert, verbindung unterbrochen, verbinding geweigerd',
      down: 'interner fehler, interner serverfehler, uberlastet, dienst nicht verfugbar, wartung, serverfehler, nicht erreichbar, vorubergehend nicht verfugbar, ausgelastet',
      badRequest: 'ungultige anfrage, parameter, pflichtfeld, ungultiger parameter',
      policy:
        'inhaltsrichtlinie, inhaltsrichtlinien, inhaltsfilter, unangemessen, nutzungsrichtlinie, nutzungsrichtlinien',
      policySure: 'inhaltsrichtlinie, inhaltsrichtlinien, inhaltsfilter, nutzungsrichtlinie, nutzungsrichtlinien',
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
      policySure: 'политика контента, модерац*',
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
        'недостаточно средств, недостаточный баланс, баланс исчерпан, требуется оплата, закончились средства, задолженность, отрицательный баланс, не хватает средств, нет средств, средства закончились, счет заблокирован, счёт заблокирован, не оплачен, неоплачен*, баланс отрицательный, неуплат*, за неуплату, просрочен платеж, просроченная задолженность, пробный период закончился, пробный период истек, долг',
      moneyAct: 'пополните, пополнить, пополнения, пополни*, оплатите, внесите',
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
      timeout: 'время ожидания, таймаут, превышено время',
      timeoutSure: 'время ожидания, таймаут, превышено время',
      down: 'внутренняя ошибка, сервис недоступен, перегружен*, временно недоступ*',
      connection: 'ошибка соединения, соединение отклонено, не удалось подключиться',
      fail: 'ошибка, не удалось, сбой',
      busyWord: 'перегружен*, перегрузк*',
    },
  ],
];
