"""Names of regions and cities that tell the country. Country names themselves come from babel (CLDR)."""

US_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas",
    "KY": "Kentucky", "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan",
    "MN": "Minnesota", "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina",
    "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania",
    "RI": "Rhode Island", "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas",
    "UT": "Utah", "VT": "Vermont", "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin",
    "WY": "Wyoming", "PR": "Puerto Rico",
}  # fmt: skip
CANADIAN_PROVINCES = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "ON": "Ontario", "PE": "Prince Edward Island",
    "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon", "NU": "Nunavut",
}  # fmt: skip
# WA, NT and SA are left out: Washington State, the Canadian north and others use them as well.
AUSTRALIAN_STATES = {
    "NSW": "New South Wales", "VIC": "Victoria", "QLD": "Queensland", "TAS": "Tasmania",
    "ACT": "Australian Capital Territory",
}  # fmt: skip

BRAZILIAN_STATES = {
    "AC": "Acre", "AL": "Alagoas", "AP": "Amapá", "AM": "Amazonas", "BA": "Bahia", "CE": "Ceará",
    "DF": "Distrito Federal", "ES": "Espírito Santo", "GO": "Goiás", "MA": "Maranhão", "MT": "Mato Grosso",
    "MS": "Mato Grosso do Sul", "MG": "Minas Gerais", "PA": "Pará", "PB": "Paraíba", "PR": "Paraná", "PE": "Pernambuco",
    "PI": "Piauí", "RJ": "Rio de Janeiro", "RN": "Rio Grande do Norte", "RS": "Rio Grande do Sul", "RO": "Rondônia",
    "RR": "Roraima", "SC": "Santa Catarina", "SP": "São Paulo", "SE": "Sergipe", "TO": "Tocantins",
}  # fmt: skip

# Regions that stand without their country, or before it in the place where a city could stand.
REGIONS = {
    "GB": (
        "England|Scotland|Wales|Northern Ireland|Greater London|West Midlands|Greater Manchester|Yorkshire|Midlands|"
        "Home Counties"
    ),
    "DE": (
        "Baden-Württemberg|Bayern|Bavaria|Brandenburg|Hessen|Hesse|Mecklenburg-Vorpommern|Niedersachsen|Lower Saxony|"
        "Nordrhein-Westfalen|North Rhine-Westphalia|NRW|Rheinland-Pfalz|Rhineland-Palatinate|Saarland|Sachsen|Saxony|"
        "Sachsen-Anhalt|Saxony-Anhalt|Schleswig-Holstein|Thüringen|Thuringia"
    ),
    "AU": "New South Wales|Queensland|Tasmania|South Australia|Western Australia|Northern Territory",
    "NL": (
        "North Holland|Noord-Holland|South Holland|Zuid-Holland|North Brabant|Noord-Brabant|Gelderland|Overijssel|"
        "Flevoland|Friesland|Drenthe|Zeeland|Randstad|The Randstad"
    ),
    "BE": "Flemish Region|Walloon Region|Brussels Region|Flanders|Wallonia",
    "ES": (
        "Catalonia|Cataluña|Catalunya|Community of Madrid|Comunidad de Madrid|Andalusia|Andalucía|"
        "Valencian Community|Basque Country|País Vasco|Galicia|Castile and León|Aragon|Asturias|Canary Islands|"
        "Balearic Islands"
    ),
    "IT": (
        "Lombardy|Lombardia|Lazio|Latium|Veneto|Piedmont|Piemonte|Emilia-Romagna|Tuscany|Toscana|Campania|Sicily|"
        "Sicilia|Apulia|Puglia|Liguria|Marche|Umbria|Sardinia|Sardegna|Calabria|Abruzzo|Friuli-Venezia Giulia"
    ),
    "FR": (
        "Île-de-France|Ile-de-France|Auvergne-Rhône-Alpes|Nouvelle-Aquitaine|Occitanie|Provence-Alpes-Côte d'Azur|"
        "Hauts-de-France|Grand Est|Pays de la Loire|Brittany|Bretagne|Normandy|Normandie|Bourgogne-Franche-Comté"
    ),
    "CH": "Vaud|Ticino|Valais|Aargau|Thurgau|Graubünden",
    "IN": (
        "Karnataka|Maharashtra|Telangana|Tamil Nadu|Haryana|Uttar Pradesh|West Bengal|Gujarat|Kerala|Andhra Pradesh|"
        "Rajasthan|Madhya Pradesh"
    ),
    "PH": "Metro Manila|National Capital Region|Central Luzon|Calabarzon|Central Visayas",
    "PL": "Mazowieckie|Małopolskie|Dolnośląskie|Śląskie|Pomorskie|Wielkopolskie|Łódzkie",
    "AT": (
        "Tirol|Tyrol|Steiermark|Styria|Upper Austria|Lower Austria|Vorarlberg|Kärnten|Oberösterreich|Niederösterreich"
    ),
    "DK": (
        "Capital Region of Denmark|Central Denmark Region|Region of Southern Denmark|Region Zealand|"
        "North Denmark Region"
    ),
}

# Cities that nobody writes a country behind. Names that stand for well-known cities in two countries are left out
# (Birmingham, Cambridge, Valencia, San José, Córdoba), unless one of the two goes without country far more often.
CITIES = {
    "DE": (
        "Berlin|München|Munich|Hamburg|Köln|Cologne|Frankfurt|Frankfurt am Main|Stuttgart|Düsseldorf|Dortmund|Essen|"
        "Leipzig|Bremen|Dresden|Hannover|Hanover|Nürnberg|Nuremberg|Duisburg|Bochum|Wuppertal|Bielefeld|Bonn|Münster|"
        "Karlsruhe|Mannheim|Augsburg|Wiesbaden|Mönchengladbach|Gelsenkirchen|Aachen|Braunschweig|Chemnitz|Kiel|"
        "Magdeburg|Freiburg|Freiburg im Breisgau|Krefeld|Mainz|Lübeck|Erfurt|Oberhausen|Rostock|Kassel|Hagen|Potsdam|"
        "Saarbrücken|Ludwigshafen|Oldenburg|Leverkusen|Osnabrück|Heidelberg|Darmstadt|Regensburg|Ingolstadt|Würzburg|"
        "Fürth|Wolfsburg|Ulm|Heilbronn|Pforzheim|Göttingen|Reutlingen|Koblenz|Jena|Erlangen|Trier|Siegen|Hildesheim|"
        "Paderborn|Kaiserslautern|Gütersloh|Tübingen|Konstanz|Friedrichshafen|Ludwigsburg|Esslingen|Böblingen|"
        "Sindelfingen|Walldorf|Garching|Neckarsulm|Bamberg|Bayreuth|Passau|Offenburg|Fulda|Marburg|Gießen|Wetzlar|"
        "Weimar|Cottbus|Schwerin|Flensburg|Wilhelmshaven|Bremerhaven|Celle|Lüneburg|Unterföhring|Ottobrunn|"
        "Leinfelden|Herzogenaurach|Ingelheim|Biberach|Ravensburg|Villingen-Schwenningen|Bad Homburg|Eschborn|"
        "Offenbach|Hanau|Rüsselsheim|Sankt Augustin|Neuss|Ratingen|Moers|Herne|Bottrop|Recklinghausen|Remscheid|"
        "Solingen|Hürth|Meerbusch|Gerlingen|Gifhorn|Oberkochen|Schwäbisch Hall|Weissach|Zuffenhausen|Martinsried|"
        "Planegg|Ismaning|Aschheim|Grünwald|Leonberg|Ettlingen"
    ),
    "AT": "Wien|Vienna|Graz|Linz|Salzburg|Innsbruck|Klagenfurt|Villach|Wels|Dornbirn",
    "CH": (
        "Zürich|Zurich|Genf|Geneva|Genève|Basel|Bern|Lausanne|Zug|Winterthur|Luzern|Lucerne|St. Gallen|Lugano|Neuchâtel"
    ),
    "GB": (
        "London|Manchester|Edinburgh|Glasgow|Bristol|Leeds|Liverpool|Sheffield|Cardiff|Belfast|Nottingham|Leicester|"
        "Southampton|Oxford|Brighton|Milton Keynes|Newcastle upon Tyne|Coventry|Slough|Swindon|Croydon|Swansea|"
        "Aberdeen|Dundee|Cheltenham|Guildford|Basingstoke|Maidenhead|Colchester|Brighton and Hove|Bournemouth|"
        "Warrington|Stevenage|Wolverhampton"
    ),
    "IE": "Dublin|Cork|Galway|Limerick",
    "FR": (
        "Paris|Lyon|Marseille|Toulouse|Nice|Nantes|Strasbourg|Montpellier|Bordeaux|Lille|Rennes|Grenoble|La Défense|"
        "Boulogne-Billancourt|Sophia Antipolis|Saint-Denis|Courbevoie|Levallois-Perret"
    ),
    "NL": (
        "Amsterdam|Rotterdam|Utrecht|Eindhoven|Den Haag|The Hague|'s-Gravenhage|Delft|Leiden|Groningen|Arnhem|"
        "Nijmegen|Haarlem|Tilburg|Breda|Enschede|Almere|Hilversum|Amersfoort|'s-Hertogenbosch|s-Hertogenbosch|"
        "Den Bosch|Zwolle|Maastricht"
    ),
    "BE": (
        "Brussels|Bruxelles|Brussel|Antwerp|Antwerpen|Ghent|Gent|Leuven|Liège|Bruges|Brugge|Mechelen|Charleroi|Zaventem"
    ),
    "LU": "Luxembourg City",
    "ES": (
        "Madrid|Barcelona|Sevilla|Seville|Málaga|Bilbao|Zaragoza|Murcia|Alicante|Las Palmas|San Sebastián|Vigo|"
        "A Coruña|Gijón|Oviedo|Pamplona|Valladolid|Palma de Mallorca"
    ),
    "PT": "Lisboa|Lisbon|Porto|Braga|Coimbra|Aveiro|Oeiras|Faro|Leiria|Vila Nova de Gaia|Matosinhos",
    "IT": (
        "Milano|Milan|Roma|Rome|Torino|Turin|Napoli|Naples|Bologna|Firenze|Florence|Genova|Genoa|Venezia|Venice|"
        "Verona|Padova|Padua|Trieste|Bari|Palermo|Catania|Bergamo|Brescia|Modena|Parma|Pisa|Trento|Pavia|"
        "Reggio Emilia|Monza|Ancona"
    ),
    "DK": "København|Copenhagen|Aarhus|Odense|Aalborg|Kongens Lyngby|Ballerup|Søborg",
    "SE": (
        "Stockholm|Göteborg|Gothenburg|Malmö|Uppsala|Linköping|Lund|Västerås|Örebro|Norrköping|Umeå|Solna|Helsingborg"
    ),
    "NO": "Oslo|Bergen|Trondheim|Stavanger|Tromsø",
    "FI": "Helsinki|Espoo|Tampere|Turku|Oulu|Vantaa",
    "PL": (
        "Warszawa|Warsaw|Kraków|Krakow|Cracow|Wrocław|Wroclaw|Poznań|Poznan|Gdańsk|Gdansk|Gdynia|Łódź|Lodz|Katowice|"
        "Lublin|Szczecin|Rzeszów|Bydgoszcz|Białystok|Gliwice|Toruń|Trójmiasto"
    ),
    "CZ": "Praha|Prague|Brno|Ostrava|Plzeň",
    "SK": "Bratislava|Košice",
    "HU": "Budapest|Debrecen|Szeged",
    "RO": "Bucharest|București|Cluj-Napoca|Cluj|Timișoara|Timisoara|Iași|Iasi|Brașov",
    "BG": "Sofia|Plovdiv|Varna|Burgas",
    "GR": "Athens|Athina|Thessaloniki",
    "HR": "Zagreb|Split",
    "RS": "Belgrade|Beograd|Novi Sad",
    "SI": "Ljubljana|Maribor",
    "EE": "Tallinn|Tartu",
    "LV": "Riga",
    "LT": "Vilnius|Kaunas",
    "UA": "Kyiv|Kiev|Київ|Lviv|Львів|Kharkiv|Харків|Odesa|Odessa|Dnipro|Дніпро|Ivano-Frankivsk|Vinnytsia",
    "RU": "Moscow|Москва|Saint Petersburg|St. Petersburg|Novosibirsk|Kazan",
    "BY": "Minsk|Мінск",
    "TR": "Istanbul|İstanbul|Ankara|Izmir|İzmir|Bursa|Antalya|Kocaeli",
    "IL": (
        "Tel Aviv|Tel Aviv-Yafo|Tel-Aviv|Jerusalem|Haifa|Herzliya|Herzlia|Petah Tikva|Petah-Tikva|Ramat Gan|"
        "Rishon LeZion|Beer Sheva|Be'er Sheva|Yokneam|Ra'anana|Raanana|Netanya|Kfar Saba|Rehovot|Holon|Ashdod|"
        "Hod Hasharon|Rosh Haayin|Lod|Modiin|Caesarea|Migdal HaEmek|Or Yehuda|Bnei Brak|Airport City"
    ),
    "AE": "Dubai|Abu Dhabi|Sharjah",
    "SA": "Riyadh|Jeddah|Dammam|Khobar",
    "QA": "Doha",
    "EG": "Cairo|Giza",
    "ZA": "Johannesburg|Cape Town|Pretoria|Durban|Sandton|Stellenbosch",
    "NG": "Lagos|Abuja",
    "KE": "Nairobi",
    "MA": "Casablanca|Rabat",
    "TN": "Tunis",
    "IN": (
        "Bangalore|Bengaluru|Mumbai|Delhi|New Delhi|Hyderabad|Chennai|Pune|Gurgaon|Gurugram|Noida|Kolkata|Ahmedabad|"
        "Jaipur|Kochi|Coimbatore|Indore|Chandigarh|Trivandrum|Thiruvananthapuram|Mohali|Navi Mumbai|Bhubaneswar|"
        "Nagpur|Vadodara"
    ),
    "PK": "Karachi|Lahore|Islamabad|Rawalpindi",
    "BD": "Dhaka",
    "LK": "Colombo",
    "PH": (
        "Manila|Makati|Taguig|Quezon City|Cebu City|Pasig|Pasay|Mandaluyong|Muntinlupa|Davao City|Bonifacio Global City"
    ),
    "ID": "Jakarta|Bandung|Surabaya",
    "MY": "Kuala Lumpur|Petaling Jaya|Penang",
    "TH": "Bangkok|Chiang Mai",
    "VN": "Hanoi|Ho Chi Minh City|Ho Chi Minh|Da Nang",
    "CN": "Beijing|Shanghai|Shenzhen|Guangzhou|Hangzhou|Chengdu|Suzhou|Nanjing|Wuhan|Xi'an",
    "TW": "Taipei|Hsinchu",
    "JP": "Tokyo|Osaka|Kyoto|Yokohama|Fukuoka",
    "KR": "Seoul|Busan|Pangyo",
    "AU": "Sydney|Melbourne|Brisbane|Perth|Adelaide|Canberra|Gold Coast",
    "NZ": "Auckland|Wellington|Christchurch",
    "CA": (
        "Toronto|Vancouver|Montreal|Montréal|Ottawa|Calgary|Edmonton|Winnipeg|Quebec City|Mississauga|Waterloo|"
        "Kitchener|Halifax|Markham|Brampton|Burnaby|Saskatoon|Regina"
    ),
    "MX": "Mexico City|Ciudad de México|Guadalajara|Monterrey|Querétaro",
    "BR": (
        "São Paulo|Sao Paulo|Rio de Janeiro|Belo Horizonte|Curitiba|Porto Alegre|Recife|Brasília|Florianópolis|"
        "Campinas|Salvador|Fortaleza|Goiânia|Osasco|Barueri"
    ),
    "AR": "Buenos Aires|Rosario",
    "CL": "Santiago|Santiago de Chile",
    "CO": "Bogotá|Bogota|Medellín|Medellin",
    "PE": "Lima",
    "UY": "Montevideo",
    "CR": "San José de Costa Rica|Heredia",
    "US": (
        "New York|New York City|NYC|Manhattan|Brooklyn|San Francisco|Los Angeles|Chicago|Houston|Phoenix|"
        "Philadelphia|San Antonio|San Diego|Dallas|Austin|San Jose|Fort Worth|Jacksonville|Columbus|Charlotte|"
        "Indianapolis|Seattle|Denver|Washington DC|Washington D.C.|Boston|Nashville|Detroit|Oklahoma City|Portland|"
        "Las Vegas|Memphis|Louisville|Baltimore|Milwaukee|Albuquerque|Tucson|Sacramento|Kansas City|Atlanta|Miami|"
        "Raleigh|Omaha|Oakland|Minneapolis|Tampa|Cleveland|Pittsburgh|Cincinnati|St. Louis|Saint Louis|Orlando|"
        "Salt Lake City|Palo Alto|Mountain View|Menlo Park|Sunnyvale|Cupertino|Redmond|Bellevue|Durham|"
        "Research Triangle|Silicon Valley|South Bay|Buffalo|Hartford|Richmond|Madison|Boulder|San Mateo|Santa Clara|"
        "Santa Monica|Irvine|Plano|Scottsdale|Reston|McLean|Northern Virginia"
    ),
}

# Names of countries that CLDR does not have.
COUNTRY_NAMES = {
    "US": "usa|u s a|u s|us|united states of america|america|estados unidos",
    "GB": "uk|u k|great britain|britain|uk wide|grossbritannien|england|scotland|wales|northern ireland|schottland|gbr",
    "AE": "uae|u a e|vae", "SA": "ksa", "KR": "korea|republic of korea",
    "CZ": "czech republic|tschechische republik", "NL": "holland|the netherlands", "TR": "turkey",
    "MK": "macedonia", "BR": "brasil", "VN": "viet nam", "RU": "russian federation|россия",
    "HK": "hong kong|hong kong sar|hongkong", "MO": "macau", "CI": "ivory coast", "IE": "republic of ireland",
    "DE": "deu|bundesrepublik deutschland|deutschlandweit", "CA": "can", "AU": "aus", "IN": "ind", "FR": "fra",
    "PH": "philippinen",
    "UA": "україна|украина", "IL": "ישראל", "ES": "espana", "AT": "oesterreich",
}  # fmt: skip

# What stands where a place should and is none, or is larger than a country.
NOWHERE = frozenset(
    (
        "africa", "amer", "anywhere", "apac", "asia", "benelux", "bundesweit", "dach", "emea",
        "eu", "europe", "european economic area", "european union", "global", "latam", "latin america", "mea",
        "multiple locations", "namer", "nationwide", "nordics", "north america", "various", "worldwide",
    )
)  # fmt: skip
