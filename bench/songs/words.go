package songs

import "strings"

// common are the words that titles are made of, the most frequent first; a search for "love" finds many.
var common = strings.Fields(`love night day light heart blue time home rain moon fire dream river road summer star
	sun dance sky winter girl boy world train city water stone gold silver shadow morning evening wind sea mountain
	forest garden window mirror letter song story ghost angel devil king queen soldier stranger sister brother mother
	father child baby friend lover ocean island harbour bridge station engine machine radio television telephone
	signal electric magic paper glass iron steel velvet satin cotton sugar honey coffee whiskey wine bread salt
	thunder lightning storm snow ice desert valley meadow field flower rose lily violet orange lemon cherry apple
	bird eagle swan raven wolf lion tiger horse dog cat spider butterfly snake dragon fish whale diamond pearl ruby
	emerald crystal copper broken golden silent hidden secret lonely lazy crazy lucky gentle little distant foreign
	ancient modern perfect simple bitter sweet cold warm slow fast high low deep wide narrow empty open closed first
	last second final early late young old new good bad wild tender sacred holy crimson scarlet purple green yellow
	black white grey running walking falling rising burning freezing waiting sleeping waking breathing singing
	whispering calling leaving coming going turning moving standing dreaming believing forever never always sometimes
	tomorrow yesterday tonight today again away down up over under between beyond inside outside around through
	without against before after until because maybe nothing something everything somebody nobody anybody Monday
	Tuesday Wednesday Thursday Friday Saturday Sunday January February April August October December Paris London
	Berlin Tokyo Lisbon Oslo Cairo Havana Nairobi Memphis Detroit Vienna Prague Dublin Madrid`)

// syllables make the rarer words and the names of artists, which no list would be long enough for.
var syllables = strings.Fields(`ba be bi bo bra bre ca ce co cra da de di do dra el en er fa fi flo ga ge go gra ha he
	hi in ja jo ka ke ki ko la le li lo lu ma me mi mo na ne ni no or pa pe pi po ra re ri ro sa se si so sta ta te
	ti to tra ul va ve vi vo wa we xi ya yo za ze zi`)

// foreign are titles and names as they come in other scripts and with accents.
var foreign = []string{
	"夜の電車", "桜の雨", "東京ラブストーリー", "恋人よ", "青い海", "月光", "春天来了", "北京夜晚", "사랑의 노래", "비 오는 날",
	"Ночь в городе", "Белый снег", "Песня о любви", "Дорога домой", "Η νύχτα", "Θάλασσα", "ليل المدينة", "قلب من ذهب",
	"שיר אהבה", "नीला आकाश", "Café de la Nuit", "Señorita del Mar", "Ängel över Åbo", "Größenwahn im Frühling",
	"Crème brûlée", "Niño perdido", "Øde øy", "Žlutý měsíc", "Łąka o świcie", "Şarkı söyle", "Ich weiß es nicht",
	"L’été à Montréal", "Não há amor", "Tiếng hát đêm", "🎵 Summer 🎵", "Ærlig tale", "Þögn", "Sigur í nótt",
}

// genres are as taggers write them, the most frequent first.
var genres = []string{
	"Rock", "Pop", "Electronic", "Jazz", "Hip-Hop", "Classical", "Folk", "Metal", "Soul", "Blues", "Country", "Reggae",
	"Ambient", "House", "Techno", "Punk", "Indie Rock", "Singer-Songwriter", "Soundtrack", "R&B", "Funk", "Disco",
	"Drum & Bass", "Trip Hop", "Chanson", "Latin", "Afrobeat", "J-Pop", "Opera", "Post-Rock",
}
