import type { SurveyTexts } from "./survey-texts.ts";

/** Turkish that says siz. */
export const tr: SurveyTexts = {
  wording: {
    question:
      "{{ company }} şirketini bir arkadaşınıza veya iş arkadaşınıza tavsiye etme olasılığınız nedir?",
    low: "hiç olası değil",
    high: "çok olası",
    followUp: {
      detractor: "Ters giden neydi? Her yanıtı okuyoruz.",
      passive: "9 vermeniz için ne gerekirdi?",
      promoter: "Neyi asla değiştirmemeliyiz?",
    },
    thanks: {
      detractor: "Bize söylediğiniz için teşekkür ederiz. Her yanıtı okuyoruz.",
      passive: "Teşekkür ederiz. Her yanıtı okuyoruz.",
      promoter: "Teşekkür ederiz. Her yanıtı okuyoruz.",
    },
    thanksLink: "Daha fazla bilgi",
    consent: "Bu konuda bana yazabilirsiniz",
    email: {
      subject: "Bir soru, bir sayı",
      reminderSubject: "Bir soru, bir sayı",
      greeting: "{% if customer.name %}Merhaba {{ customer.name }},{% else %}Merhaba,{% endif %}",
      intro: "Yanıtlamak için tek tık yeterli. Bir dakikanız daha varsa sonraki sayfa nedenini soruyor.",
      reason: "Bu iletiyi {{ company }} müşterisi olduğunuz için aldınız.",
    },
  },
  words: {
    yourAnswer: "Yanıtınız",
    saved: "Yanıtınız kaydedildi",
    placeholder: "Bir cümle yeterli.",
    pick: "Veya uygun olanı seçin",
    send: "Gönder",
    counted: "{score} puanınız sayıldı. Bu sayfayı kapatabilirsiniz.",
    change: "Değiştir",
    changed: "Yanıtınız değiştirildi.",
    close: "Kapat",
    later: "Daha sonra",
    skip: "Atla",
    keys: "0–9 tuşlarına, 10 için X tuşuna basın",
    optional: "isteğe bağlı",
    yourEmail: "E-posta adresiniz",
    askedWith: "Nines ile soruldu",
    language: "Dil",
    whoReads: "Bunu kim okuyor",
    whoReadsText:
      "{company} yanıtınızı okur ve bir müşteri olarak hakkınızda bildikleriyle birlikte saklar. Yanıtınız başkalarına verilmez.",
    whoReadsAnonymous:
      "{company} yanıtınızı okur. Yanıt ad, adres ve saat olmadan saklanır: yazdıklarınız dışında hiçbir şey onun sizden geldiğini göstermez.",
    dontAsk: "Bana bir daha sorma",
    dontAskTitle: "Bu soruları durdurmak ister misiniz?",
    dontAskText: "{company} size bir daha e-postayla soru sormayacak.",
    dontAskDone: "Tamam. {company} size bir daha sormayacak.",
    closedTitle: "Bu soru kapandı",
    closedText: "Burada artık yanıt alınmıyor. Yanıt vermek istediğiniz için teşekkür ederiz.",
    noSuchTitle: "Bu bağlantı çalışmıyor",
    noSuchText:
      "Eksik kopyalanmış veya yenilenmiş olabilir. En yeni e-postayı açıp oradaki bağlantıyı deneyin.",
    offlineTitle: "Henüz gönderilmedi",
    offlineText: "{score} puanınız bu tarayıcıda saklanıyor; yeniden çevrimiçi olduğunuzda gönderilecek.",
    failed: "Bu olmadı.",
    tryAgain: "Yeniden dene",
    oneClick: "Tek tık yeterli.",
    rarely: "En fazla {days} günde bir soruyoruz.",
    plainScale: "Sayınızın yanındaki adresi açın:",
    scaleName: "0 ile 10 arasında yanıtınız",
  },
};
