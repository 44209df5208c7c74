/** A page of a provider's console. */
export interface Page {
  /** https only. */
  url: string;
  /**
   * The day on which the page was last seen named by the provider itself (in an error text or its documentation);
   * null: not checked, taken from general knowledge, may have moved.
   */
  checked: string | null;
}

export interface ProviderFacts {
  /** LiteLLM's id of the provider. */
  id: string;
  name: string;
  /** Hosts, or the end of hosts, that are this provider's. */
  hosts: readonly string[];
  /** Environment variables of its key, the usual one first. */
  env: readonly string[];
  billing: Page | null;
  keys: Page | null;
}

/**
 * One provider a line: id, name, hosts, variables of its key, billing page, keys page; `-` where nothing is known. A page
 * (https) is followed by the day on which it was checked, if it was.
 */
const TABLE = `
openai | OpenAI | api.openai.com platform.openai.com help.openai.com | OPENAI_API_KEY | platform.openai.com/settings/organization/billing 2026-11-23 | platform.openai.com/account/api-keys 2026-11-23
anthropic | Anthropic | api.anthropic.com console.anthropic.com platform.claude.com docs.claude.com docs.anthropic.com | ANTHROPIC_API_KEY | console.anthropic.com/settings/billing | console.anthropic.com/settings/keys
openrouter | OpenRouter | openrouter.ai | OPENROUTER_API_KEY | openrouter.ai/settings/credits 2026-11-23 | openrouter.ai/settings/keys 2026-11-23
azure | Azure OpenAI | openai.azure.com cognitiveservices.azure.com | AZURE_API_KEY | portal.azure.com | portal.azure.com
azure_ai | Azure AI | services.ai.azure.com models.ai.azure.com inference.ai.azure.com models.inference.ai.azure.com | AZURE_AI_API_KEY | portal.azure.com | ai.azure.com
bedrock | AWS Bedrock | bedrock-runtime amazonaws.com | AWS_ACCESS_KEY_ID | console.aws.amazon.com/billing/home#/paymentmethods | console.aws.amazon.com/iam
sagemaker | AWS SageMaker | runtime.sagemaker | AWS_ACCESS_KEY_ID | console.aws.amazon.com/billing/home | console.aws.amazon.com/iam
vertex_ai | Google Vertex AI | aiplatform.googleapis.com console.developers.google.com | GOOGLE_APPLICATION_CREDENTIALS | console.cloud.google.com/billing | console.cloud.google.com/iam-admin/serviceaccounts
gemini | Google Gemini | generativelanguage.googleapis.com ai.google.dev aistudio.google.com ai.studio | GEMINI_API_KEY | ai.studio/billing 2026-11-23 | aistudio.google.com/apikey
groq | Groq | api.groq.com console.groq.com | GROQ_API_KEY | console.groq.com/settings/billing 2026-11-23 | console.groq.com/keys
deepseek | DeepSeek | api.deepseek.com platform.deepseek.com | DEEPSEEK_API_KEY | platform.deepseek.com 2026-11-23 | platform.deepseek.com/api_keys
xai | xAI | api.x.ai console.x.ai | XAI_API_KEY | console.x.ai 2026-11-23 | console.x.ai 2026-11-23
together_ai | Together AI | api.together.xyz api.together.ai | TOGETHERAI_API_KEY TOGETHER_API_KEY | api.together.xyz/settings/billing 2026-11-23 | api.together.ai/settings/api-keys
fireworks_ai | Fireworks AI | api.fireworks.ai fireworks.ai | FIREWORKS_API_KEY FIREWORKS_AI_API_KEY | fireworks.ai/account/billing 2026-11-23 | fireworks.ai/account/api-keys
mistral | Mistral | api.mistral.ai console.mistral.ai admin.mistral.ai | MISTRAL_API_KEY | admin.mistral.ai | console.mistral.ai/api-keys 2026-11-23
codestral | Mistral Codestral | codestral.mistral.ai | CODESTRAL_API_KEY | admin.mistral.ai | console.mistral.ai/codestral
huggingface | Hugging Face | router.huggingface.co api-inference.huggingface.co huggingface.co hf.co | HUGGINGFACE_API_KEY HF_TOKEN | huggingface.co/settings/billing | huggingface.co/settings/tokens
replicate | Replicate | api.replicate.com replicate.com | REPLICATE_API_KEY REPLICATE_API_TOKEN | replicate.com/account/billing 2026-11-23 | replicate.com/account/api-tokens 2026-11-23
nvidia_nim | NVIDIA NIM | integrate.api.nvidia.com build.nvidia.com ai.api.nvidia.com | NVIDIA_NIM_API_KEY NVIDIA_API_KEY | build.nvidia.com 2026-11-23 | build.nvidia.com/settings/api-keys 2026-11-23
nvidia_riva | NVIDIA Riva | grpc.nvcf.nvidia.com | - | build.nvidia.com 2026-11-23 | build.nvidia.com/settings/api-keys 2026-11-23
cohere | Cohere | api.cohere.com api.cohere.ai dashboard.cohere.com | COHERE_API_KEY CO_API_KEY | dashboard.cohere.com/billing | dashboard.cohere.com/api-keys
perplexity | Perplexity | api.perplexity.ai | PERPLEXITYAI_API_KEY PERPLEXITY_API_KEY | perplexity.ai/settings/api | perplexity.ai/settings/api
cerebras | Cerebras | api.cerebras.ai cloud.cerebras.ai | CEREBRAS_API_KEY | cloud.cerebras.ai | cloud.cerebras.ai
sambanova | SambaNova | api.sambanova.ai cloud.sambanova.ai | SAMBANOVA_API_KEY | cloud.sambanova.ai | cloud.sambanova.ai/apis
deepinfra | DeepInfra | api.deepinfra.com deepinfra.com | DEEPINFRA_API_KEY | deepinfra.com/dash/billing | deepinfra.com/dash/api_keys
moonshot | Moonshot | api.moonshot.ai api.moonshot.cn platform.moonshot.ai platform.moonshot.cn | MOONSHOT_API_KEY | platform.moonshot.ai/console/pay | platform.moonshot.ai/console/api-keys
zai | Z.ai (Zhipu) | api.z.ai open.bigmodel.cn bigmodel.cn | ZAI_API_KEY ZHIPUAI_API_KEY | z.ai/manage-apikey/billing | z.ai/manage-apikey/apikey-list
dashscope | Alibaba DashScope | dashscope.aliyuncs.com dashscope-intl.aliyuncs.com | DASHSCOPE_API_KEY | usercenter2-intl.console.alibabacloud.com | bailian.console.alibabacloud.com
qwencloud | Qwen Cloud | - | QWENCLOUD_API_KEY | - | -
qwen_ai_platform | Qwen AI Platform | - | - | - | -
modelscope | ModelScope | api-inference.modelscope.cn | MODELSCOPE_API_KEY | - | modelscope.cn/my/myaccesstoken
volcengine | Volcengine | ark.cn-beijing.volces.com volces.com volcengine.com | VOLCENGINE_API_KEY ARK_API_KEY | console.volcengine.com/finance | console.volcengine.com/ark
minimax | MiniMax | api.minimax.chat api.minimax.io api.minimaxi.com | MINIMAX_API_KEY | platform.minimax.io/user-center/payment/balance | platform.minimax.io/user-center/basic-information/interface-key
tencent | Tencent Hunyuan | api.hunyuan.cloud.tencent.com tencentcloudapi.com | TENCENT_API_KEY HUNYUAN_API_KEY | console.cloud.tencent.com/expense | console.cloud.tencent.com/hunyuan
siliconflow | SiliconFlow | api.siliconflow.cn cloud.siliconflow.cn api.siliconflow.com | SILICONFLOW_API_KEY | cloud.siliconflow.cn/expensebill | cloud.siliconflow.cn/account/ak
xiaomi_mimo | Xiaomi MiMo | api.xiaomimimo.com | XIAOMI_MIMO_API_KEY | - | -
baidu | Baidu Qianfan | qianfan.baidubce.com aip.baidubce.com | QIANFAN_API_KEY | console.bce.baidu.com/finance | console.bce.baidu.com/qianfan
novita | Novita | api.novita.ai novita.ai | NOVITA_API_KEY | novita.ai/billing | novita.ai/settings/key-management
hyperbolic | Hyperbolic | api.hyperbolic.xyz | HYPERBOLIC_API_KEY | app.hyperbolic.xyz/billing | app.hyperbolic.xyz/settings
nebius | Nebius | api.studio.nebius.ai api.studio.nebius.com api.tokenfactory.nebius.com | NEBIUS_API_KEY | studio.nebius.com/billing | studio.nebius.com/settings/api-keys
lambda_ai | Lambda | api.lambda.ai | LAMBDA_API_KEY | cloud.lambda.ai/billing | cloud.lambda.ai/api-keys
featherless_ai | Featherless | api.featherless.ai featherless.ai | FEATHERLESS_AI_API_KEY FEATHERLESS_API_KEY | featherless.ai/account | featherless.ai/account/api-keys
friendliai | FriendliAI | api.friendli.ai | FRIENDLI_TOKEN | friendli.ai/suite | friendli.ai/suite
baseten | Baseten | inference.baseten.co model-api.baseten.co | BASETEN_API_KEY | app.baseten.co/settings/billing | app.baseten.co/settings/api_keys
anyscale | Anyscale | api.endpoints.anyscale.com | ANYSCALE_API_KEY | console.anyscale.com | console.anyscale.com
databricks | Databricks | cloud.databricks.com azuredatabricks.net gcp.databricks.com | DATABRICKS_API_KEY DATABRICKS_TOKEN | accounts.cloud.databricks.com | docs.databricks.com/dev-tools/auth/pat.html
watsonx | IBM watsonx | ml.cloud.ibm.com iam.cloud.ibm.com | WATSONX_API_KEY WATSONX_APIKEY | cloud.ibm.com/billing | cloud.ibm.com/iam/apikeys
snowflake | Snowflake Cortex | snowflakecomputing.com | SNOWFLAKE_JWT | - | -
cloudflare | Cloudflare Workers AI | api.cloudflare.com gateway.ai.cloudflare.com | CLOUDFLARE_API_KEY | dash.cloudflare.com | dash.cloudflare.com/profile/api-tokens
github | GitHub Models | models.github.ai models.inference.ai.azure.com | GITHUB_API_KEY GITHUB_TOKEN | github.com/settings/billing | github.com/settings/tokens
github_copilot | GitHub Copilot | api.githubcopilot.com | - | github.com/settings/billing | github.com/settings/copilot
ai21 | AI21 | api.ai21.com | AI21_API_KEY | studio.ai21.com | studio.ai21.com/account/api-key
aleph_alpha | Aleph Alpha | api.aleph-alpha.com | ALEPHALPHA_API_KEY | - | -
nlp_cloud | NLP Cloud | api.nlpcloud.io | NLP_CLOUD_API_KEY | nlpcloud.com/home/billing | nlpcloud.com/home/token
voyage | Voyage AI | api.voyageai.com | VOYAGE_API_KEY | dashboard.voyageai.com | dashboard.voyageai.com
jina_ai | Jina AI | api.jina.ai | JINA_AI_API_KEY | jina.ai/api-dashboard | jina.ai/api-dashboard
deepgram | Deepgram | api.deepgram.com | DEEPGRAM_API_KEY | console.deepgram.com | console.deepgram.com
elevenlabs | ElevenLabs | api.elevenlabs.io | ELEVENLABS_API_KEY | elevenlabs.io/app/subscription | elevenlabs.io/app/settings/api-keys
assemblyai | AssemblyAI | api.assemblyai.com llm-gateway.assemblyai.com | ASSEMBLYAI_API_KEY | assemblyai.com/dashboard | assemblyai.com/dashboard/api-keys
stability | Stability AI | api.stability.ai | STABILITY_API_KEY | platform.stability.ai/account/credits | platform.stability.ai/account/keys
fal_ai | fal | fal.run api.fal.ai | FAL_AI_API_KEY FAL_KEY | fal.ai/dashboard/billing | fal.ai/dashboard/keys
recraft | Recraft | external.api.recraft.ai | RECRAFT_API_KEY | recraft.ai/profile/api | recraft.ai/profile/api
runwayml | Runway | api.dev.runwayml.com | RUNWAYML_API_KEY RUNWAYML_API_SECRET | dev.runwayml.com | dev.runwayml.com
black_forest_labs | Black Forest Labs | api.bfl.ai api.bfl.ml | BFL_API_KEY | dashboard.bfl.ai | dashboard.bfl.ai
topaz | Topaz Labs | api.topazlabs.com | TOPAZ_API_KEY | - | -
clarifai | Clarifai | api.clarifai.com | CLARIFAI_API_KEY CLARIFAI_PAT | clarifai.com/settings/billing | clarifai.com/settings/security
predibase | Predibase | serving.app.predibase.com | PREDIBASE_API_KEY | - | -
inception | Inception Labs | api.inceptionlabs.ai | INCEPTION_API_KEY | platform.inceptionlabs.ai | platform.inceptionlabs.ai
morph | Morph | api.morphllm.com | MORPH_API_KEY | morphllm.com/dashboard | morphllm.com/dashboard
v0 | Vercel v0 | api.v0.dev | V0_API_KEY | v0.app/chat/settings/billing | v0.app/chat/settings/keys
vercel_ai_gateway | Vercel AI Gateway | ai-gateway.vercel.sh | VERCEL_AI_GATEWAY_API_KEY AI_GATEWAY_API_KEY | vercel.com/dashboard | vercel.com/dashboard
meta_llama | Meta Llama API | api.llama.com | LLAMA_API_KEY | - | llama.developer.meta.com
nscale | Nscale | inference.api.nscale.com | NSCALE_API_KEY | console.nscale.com | console.nscale.com
ovhcloud | OVHcloud | endpoints.ai.cloud.ovh.net | OVHCLOUD_API_KEY | ovh.com/manager | ovh.com/manager
scaleway | Scaleway | api.scaleway.ai | SCW_SECRET_KEY | console.scaleway.com/billing | console.scaleway.com/iam/api-keys
oci | Oracle Cloud | oraclecloud.com | - | cloud.oracle.com | cloud.oracle.com
sap | SAP AI Core | ai.prod.eu-central-1.aws.ml.hana.ondemand.com | - | - | -
heroku | Heroku | us.inference.heroku.com | HEROKU_API_KEY | dashboard.heroku.com/account/billing | dashboard.heroku.com
gradient_ai | DigitalOcean Gradient AI | inference.do-ai.run | GRADIENT_AI_API_KEY | cloud.digitalocean.com/account/billing | cloud.digitalocean.com/gen-ai
wandb | Weights & Biases Inference | api.inference.wandb.ai | WANDB_API_KEY | wandb.ai/settings | wandb.ai/authorize
helicone | Helicone | ai-gateway.helicone.ai | HELICONE_API_KEY | us.helicone.ai/settings/billing | us.helicone.ai/settings/api-keys
aiml | AI/ML API | api.aimlapi.com | AIML_API_KEY | aimlapi.com/app/billing | aimlapi.com/app/keys
cometapi | CometAPI | api.cometapi.com | COMETAPI_KEY | api.cometapi.com/console | api.cometapi.com/console/token
edenai | Eden AI | api.edenai.run | EDENAI_API_KEY | app.edenai.run/admin/cost-management/credits | app.edenai.run/admin/api-settings/features-preferences
compactifai | CompactifAI | api.compactif.ai | COMPACTIFAI_API_KEY | - | -
publicai | Public AI | api.publicai.co | PUBLICAI_API_KEY | platform.publicai.co | platform.publicai.co
veniceai | Venice | api.venice.ai venice.ai | VENICE_AI_API_KEY | venice.ai/settings/api | venice.ai/settings/api
synthetic | Synthetic | api.synthetic.new | SYNTHETIC_API_KEY | synthetic.new/billing | synthetic.new/user-settings/api
apertis | Apertis | api.stima.tech | STIMA_API_KEY | - | -
nano-gpt | NanoGPT | nano-gpt.com | NANOGPT_API_KEY | nano-gpt.com/balance | nano-gpt.com/api
poe | Poe | api.poe.com | POE_API_KEY | poe.com/settings | poe.com/api_key
chutes | Chutes | llm.chutes.ai | CHUTES_API_KEY | chutes.ai/app/api/billing-balance | chutes.ai/app/api
abliteration | Abliteration | api.abliteration.ai | ABLITERATION_API_KEY | - | -
llamagate | LlamaGate | api.llamagate.dev | LLAMAGATE_API_KEY | - | -
gmi | GMI Cloud | api.gmi-serving.com | GMI_API_KEY | console.gmicloud.ai | console.gmicloud.ai
sarvam | Sarvam | api.sarvam.ai | SARVAM_API_KEY | dashboard.sarvam.ai | dashboard.sarvam.ai
charity_engine | Charity Engine | api.charityengine.services | CHARITY_ENGINE_API_KEY | - | -
aihubmix | AIHubMix | aihubmix.com | AIHUBMIX_API_KEY | aihubmix.com/topup | aihubmix.com/token
crusoe | Crusoe | crusoecloud.com | CRUSOE_API_KEY | console.crusoecloud.com | console.crusoecloud.com
darkbloom | Darkbloom | api.darkbloom.dev | DARKBLOOM_API_KEY | - | -
neosantara | Neosantara | api.neosantara.xyz | NEOSANTARA_API_KEY | - | -
tensormesh | Tensormesh | serverless.tensormesh.ai | TENSORMESH_INFERENCE_API_KEY | - | -
parasail | Parasail | api.parasail.io | PARASAIL_API_KEY | saas.parasail.io | saas.parasail.io/keys
libertai | LibertAI | api.libertai.io | LIBERTAI_API_KEY | - | -
empiriolabs | Empirio Labs | api.empiriolabs.ai | EMPIRIOLABS_API_KEY | - | -
meta | Meta AI | api.meta.ai | META_API_KEY | - | -
cognition | Cognition | api.cognition.ai | COGNITION_API_KEY | - | -
cortecs | Cortecs | api.cortecs.ai | CORTECS_API_KEY | - | -
pinstripes | Pinstripes | pinstripes.io | PINSTRIPES_API_KEY | - | -
scx-ai | SCX | api.scx.ai | SCX_API_KEY | - | -
prism | Prism | api.prisminference.com | PRISM_API_KEY | - | -
sail | Sail Research | api.sailresearch.com | SAIL_API_KEY | - | -
reka | Reka | api.reka.ai | REKA_API_KEY | platform.reka.ai | platform.reka.ai
gigachat | GigaChat | gigachat.devices.sberbank.ru | GIGACHAT_CREDENTIALS | developers.sber.ru | developers.sber.ru
maritalk | Maritaca | chat.maritaca.ai | MARITALK_API_KEY | plataforma.maritaca.ai | plataforma.maritaca.ai
galadriel | Galadriel | api.galadriel.ai | GALADRIEL_API_KEY | - | -
empower | Empower | app.empower.dev | EMPOWER_API_KEY | - | -
datarobot | DataRobot | app.datarobot.com | DATAROBOT_API_TOKEN | - | -
amazon_nova | Amazon Nova | api.nova.amazon.com | AMAZON_NOVA_API_KEY | nova.amazon.com | nova.amazon.com
manus | Manus | api.manus.im api.manus.ai | MANUS_API_KEY | - | -
bytez | Bytez | api.bytez.com | BYTEZ_API_KEY | bytez.com/billing | bytez.com/settings
soniox | Soniox | api.soniox.com | SONIOX_API_KEY | console.soniox.com | console.soniox.com
reducto | Reducto | platform.reducto.ai | REDUCTO_API_KEY | - | -
chatgpt | ChatGPT subscription | chatgpt.com | - | - | chatgpt.com
azure_speech | Azure Speech | stt.speech.microsoft.com | - | portal.azure.com | portal.azure.com
aws_polly | AWS Polly | polly | - | console.aws.amazon.com/billing/home | console.aws.amazon.com/iam
ragflow | RAGFlow | - | RAGFLOW_API_KEY | - | -
langgraph | LangGraph | - | - | - | -
langflow | Langflow | - | - | - | -
a2a | A2A agent | - | - | - | -
nadir | Nadir | - | - | - | -
typesafe | Typesafe | - | - | - | -
ollama | Ollama | ollama.com | OLLAMA_API_KEY | - | ollama.com/settings/keys
vllm | vLLM | - | - | - | -
hosted_vllm | vLLM server | - | HOSTED_VLLM_API_KEY | - | -
llamafile | llamafile | - | - | - | -
lm_studio | LM Studio | - | LM_STUDIO_API_KEY | - | -
xinference | Xinference | - | XINFERENCE_API_KEY | - | -
infinity | Infinity | - | - | - | -
oobabooga | text-generation-webui | - | - | - | -
petals | Petals | - | - | - | -
triton | Triton | - | - | - | -
docker_model_runner | Docker Model Runner | - | - | - | -
lemonade | Lemonade | - | - | - | -
litellm_proxy | upstream LiteLLM proxy | - | LITELLM_PROXY_API_KEY | - | -
openai_like | OpenAI-compatible server | - | OPENAI_LIKE_API_KEY | - | -
custom_openai | OpenAI-compatible server | - | - | - | -
`;

/** Every provider in LiteLLM's own list (`LlmProviders` and `providers.json` of 1.106.2), and a few that operators add. */
export const PROVIDERS: readonly ProviderFacts[] = TABLE.trim().split('\n').map(readRow);

function readRow(row: string): ProviderFacts {
  const [id = '', name = '', hosts = '', env = '', billing = '', keys = ''] = row.split(' | ');
  return { id, name, hosts: words(hosts), env: words(env), billing: readPage(billing), keys: readPage(keys) };
}

function words(cell: string): string[] {
  return cell === '-' ? [] : cell.split(' ');
}

function readPage(cell: string): Page | null {
  if (cell === '-') return null;
  const [address, checked] = cell.split(' ');
  return { url: `https://${address}`, checked: checked ?? null };
}
