// The shop's own words, by language. Texts that are tried out are not here: they are slots.

export const WORDS = {
  en: {
    shop: 'Corner Shop', skip: 'Skip to the products', market: 'Country and language', change: 'Change',
    suggest: 'There is a page for {market}.', go: 'Go there', stay: 'Stay here', products: 'Products', photo: 'Picture of: {product}',
    basket: 'Basket', empty: 'Your basket is empty.', order: 'Order', express: 'Order in one step', ordered: 'Thank you. Your order has been placed.',
    ask: 'May we remember you?', askText: 'If you agree, we keep an id in a cookie, so that you see the same page each time and we learn what is useful. If not, we only count, without knowing who.',
    yes: 'I agree', no: 'No, thank you', privacy: 'Privacy choices', note: 'An example shop: nothing is sold here.',
    mug: 'Mug', blanket: 'Wool blanket', lamp: 'Desk lamp', notebook: 'Notebook',
  },
  de: {
    shop: 'Eckladen', skip: 'Zu den Produkten springen', market: 'Land und Sprache', change: 'Wechseln',
    suggest: 'Es gibt eine Seite für {market}.', go: 'Dorthin', stay: 'Hierbleiben', products: 'Produkte', photo: 'Bild: {product}',
    basket: 'Warenkorb', empty: 'Ihr Warenkorb ist leer.', order: 'Bestellen', express: 'In einem Schritt bestellen', ordered: 'Vielen Dank. Ihre Bestellung ist eingegangen.',
    ask: 'Dürfen wir Sie wiedererkennen?', askText: 'Wenn Sie zustimmen, speichern wir eine Kennung in einem Cookie, damit Sie immer dieselbe Seite sehen und wir lernen, was nützt. Sonst zählen wir nur, ohne zu wissen, wer es war.',
    yes: 'Ich stimme zu', no: 'Nein, danke', privacy: 'Datenschutz-Auswahl', note: 'Ein Beispielladen: Hier wird nichts verkauft.',
    mug: 'Becher', blanket: 'Wolldecke', lamp: 'Schreibtischlampe', notebook: 'Notizbuch',
  },
  fr: {
    shop: 'La Boutique du coin', skip: 'Aller aux produits', market: 'Pays et langue', change: 'Changer',
    suggest: 'Il existe une page pour {market}.', go: 'Y aller', stay: 'Rester ici', products: 'Produits', photo: 'Image : {product}',
    basket: 'Panier', empty: 'Votre panier est vide.', order: 'Commander', express: 'Commander en une étape', ordered: 'Merci. Votre commande est enregistrée.',
    ask: 'Pouvons-nous vous reconnaître ?', askText: 'Si vous acceptez, nous gardons un identifiant dans un cookie, pour que vous voyiez toujours la même page et que nous apprenions ce qui est utile. Sinon, nous comptons seulement, sans savoir qui.',
    yes: 'J’accepte', no: 'Non, merci', privacy: 'Choix de confidentialité', note: 'Une boutique d’exemple : rien n’y est vendu.',
    mug: 'Tasse', blanket: 'Couverture en laine', lamp: 'Lampe de bureau', notebook: 'Carnet',
  },
  ja: {
    shop: '街角の店', skip: '商品一覧へ進む', market: '国と言語', change: '切り替える',
    suggest: '{market}のページがあります。', go: 'そのページへ', stay: 'このまま見る', products: '商品', photo: '画像：{product}',
    basket: 'カート', empty: 'カートは空です。', order: '注文する', express: 'ワンステップで注文する', ordered: 'ありがとうございます。ご注文を承りました。',
    ask: '次回もお客様とわかるようにしてよろしいですか。', askText: '同意いただくと、Cookieに識別子を保存し、毎回同じページをお見せし、何が役立つかを学びます。同意いただかない場合は、どなたかを知ることなく数だけを数えます。',
    yes: '同意する', no: '同意しない', privacy: 'プライバシーの選択', note: '見本の店です。実際の販売は行っていません。',
    mug: 'マグカップ', blanket: 'ウールブランケット', lamp: 'デスクランプ', notebook: 'ノート',
  },
  ko: {
    shop: '모퉁이 가게', skip: '상품으로 건너뛰기', market: '국가 및 언어', change: '변경',
    suggest: '{market} 페이지가 있습니다.', go: '이동하기', stay: '여기 있기', products: '상품', photo: '이미지: {product}',
    basket: '장바구니', empty: '장바구니가 비어 있습니다.', order: '주문하기', express: '한 번에 주문하기', ordered: '감사합니다. 주문이 접수되었습니다.',
    ask: '다음에도 알아볼 수 있게 할까요?', askText: '동의하시면 쿠키에 식별자를 저장하여 매번 같은 페이지를 보여 드리고 무엇이 도움이 되는지 배웁니다. 동의하지 않으시면 누구인지 알지 못한 채 수만 셉니다.',
    yes: '동의합니다', no: '동의하지 않습니다', privacy: '개인정보 선택', note: '예시 가게입니다. 실제로 판매하지 않습니다.',
    mug: '머그컵', blanket: '울 담요', lamp: '책상 램프', notebook: '공책',
  },
  'zh-Hant': {
    shop: '街角小店', skip: '跳至商品', market: '國家／地區及語言', change: '轉換',
    suggest: '我們有{market}的頁面。', go: '前往', stay: '留在此頁', products: '商品', photo: '圖片：{product}',
    basket: '購物車', empty: '購物車內沒有商品。', order: '下單', express: '一步下單', ordered: '多謝惠顧，訂單已收到。',
    ask: '我們可以記住您嗎？', askText: '如您同意，我們會在 Cookie 內儲存識別碼，讓您每次看到相同的頁面，我們亦可了解甚麼對您有用。否則我們只計算數量，不會知道是誰。',
    yes: '同意', no: '不同意', privacy: '私隱選擇', note: '示範商店：這裡不作實際銷售。',
    mug: '杯子', blanket: '羊毛毯', lamp: '檯燈', notebook: '筆記簿',
  },
  pt: {
    shop: 'Loja da Esquina', skip: 'Ir para os produtos', market: 'País e idioma', change: 'Mudar',
    suggest: 'Temos uma página para {market}.', go: 'Ir para lá', stay: 'Ficar aqui', products: 'Produtos', photo: 'Imagem: {product}',
    basket: 'Carrinho', empty: 'Seu carrinho está vazio.', order: 'Fazer pedido', express: 'Pedir em um passo', ordered: 'Obrigado. Recebemos o seu pedido.',
    ask: 'Podemos lembrar de você?', askText: 'Se você concordar, guardamos um identificador em um cookie, para que você veja sempre a mesma página e a gente aprenda o que é útil. Se não, só contamos, sem saber quem foi.',
    yes: 'Concordo', no: 'Não, obrigado', privacy: 'Escolhas de privacidade', note: 'Uma loja de exemplo: nada é vendido aqui.',
    mug: 'Caneca', blanket: 'Manta de lã', lamp: 'Luminária de mesa', notebook: 'Caderno',
  },
  es: {
    shop: 'La Tienda de la Esquina', skip: 'Ir a los productos', market: 'País e idioma', change: 'Cambiar',
    suggest: 'Hay una página para {market}.', go: 'Ir allí', stay: 'Quedarme aquí', products: 'Productos', photo: 'Imagen: {product}',
    basket: 'Carrito', empty: 'Tu carrito está vacío.', order: 'Hacer pedido', express: 'Pedir en un paso', ordered: 'Gracias. Recibimos tu pedido.',
    ask: '¿Podemos recordarte?', askText: 'Si aceptas, guardamos un identificador en una cookie para que veas siempre la misma página y aprendamos qué es útil. Si no, solo contamos, sin saber quién fue.',
    yes: 'Acepto', no: 'No, gracias', privacy: 'Opciones de privacidad', note: 'Una tienda de ejemplo: aquí no se vende nada.',
    mug: 'Taza', blanket: 'Cobija de lana', lamp: 'Lámpara de escritorio', notebook: 'Cuaderno',
  },
  ar: {
    shop: 'متجر الزاوية', skip: 'الانتقال إلى المنتجات', market: 'البلد واللغة', change: 'تغيير',
    suggest: 'توجد صفحة خاصة بـ{market}.', go: 'الانتقال إليها', stay: 'البقاء هنا', products: 'المنتجات', photo: 'صورة: {product}',
    basket: 'سلة التسوق', empty: 'سلة التسوق فارغة.', order: 'إتمام الطلب', express: 'الطلب بخطوة واحدة', ordered: 'شكرًا لكم. لقد استلمنا طلبكم.',
    ask: 'هل تسمحون لنا بتذكّركم؟', askText: 'إذا وافقتم فسنحفظ معرّفًا في ملف تعريف ارتباط لتظهر لكم الصفحة نفسها في كل مرة ولنتعلم ما هو مفيد. وإلا فإننا نعدّ فقط دون أن نعرف من أنتم.',
    yes: 'أوافق', no: 'لا، شكرًا', privacy: 'خيارات الخصوصية', note: 'متجر تجريبي: لا يُباع فيه شيء.',
    mug: 'كوب', blanket: 'بطانية صوف', lamp: 'مصباح مكتب', notebook: 'دفتر',
  },
};

/** `ja` of `ja-JP`, `zh-Hant` of `zh-Hant-HK`: who reads one script may not read the other. */
export const languageOf = (market) => market.replace(/-[^-]+$/, '');

/** The words of a market's language, with the gaps filled. */
export function wordsOf(market) {
  const words = WORDS[languageOf(market)] ?? WORDS.en;
  return (key, gaps = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => gaps[name]);
}

export const directionOf = (market) => (['ar', 'fa', 'he', 'ur'].includes(languageOf(market)) ? 'rtl' : 'ltr');
